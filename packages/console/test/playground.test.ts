import { describe, expect, it } from "vitest";
import { explainSignature, type PlaygroundInput } from "../web/src/playground/explain-signature.js";
import { permalinkFragment, readPermalink } from "../web/src/playground/permalink.js";
import { playgroundMethods } from "../web/src/playground/signature-methods.js";

/** RFC 5849 §1.2: the request for the photo, whose printed signature holds over http. */
const rfcExample: PlaygroundInput = {
  request: {
    method: "GET",
    url: "http://photos.example.net/photos?file=vacation.jpg&size=original",
    headers: [],
    body: "",
  },
  clientIdentifier: "dpf43f3p2l4k3l03",
  clientSharedSecret: "kd94hf93k423kf44",
  privateKey: "",
  tokenIdentifier: "nnch734d00sl2jdk",
  tokenSharedSecret: "pfkkdhi9sl3r4s00",
  signatureMethod: "HMAC-SHA1",
  transmission: "header",
  realm: "Photos",
  timestamp: "137131202",
  nonce: "chapoH",
  hasVersion: false,
};

describe("explainSignature", () => {
  it("takes the steps of the RFC's example", async () => {
    const steps = await explainSignature(rfcExample);
    expect(steps.signature).toBe("MdpQcU8iPSUjWoN/UDMsK2sui9I=");
    expect(steps.baseStringUri).toBe("http://photos.example.net/photos");
    expect(steps.elements).toHaveLength(3);
    expect(steps.elements[0]).toBe("GET");
    expect(steps.key).toBe("kd94hf93k423kf44&pfkkdhi9sl3r4s00");
    expect(steps.collected.map(({ source }) => source)).toEqual([
      ...Array(2).fill("query"),
      ...Array(5).fill("protocol"),
    ]);
    expect(steps.normalized.startsWith("file=vacation.jpg&oauth_consumer_key=")).toBe(true);
    expect(steps.signed.headers["Authorization"]).toContain('realm="Photos"');
  });

  it("has the form's parameters among those collected", async () => {
    // RFC 5849 §3.4.1.3.1
    const steps = await explainSignature({
      ...rfcExample,
      request: {
        method: "POST",
        url: "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b",
        headers: [["Content-Type", "application/x-www-form-urlencoded"]],
        body: "c2&a3=2+q",
      },
    });
    expect(steps.normalized).toContain("a2=r%20b&a3=2%20q&a3=a&b5=%3D%253D&c%40=&c2=&");
  });

  it("knows all seven methods", async () => {
    for (const { name, isRsa } of playgroundMethods) {
      const input = { ...rfcExample, signatureMethod: name };
      if (isRsa) {
        await expect(explainSignature(input)).rejects.toMatchObject({ name: "KeyError" });
      } else {
        expect((await explainSignature(input)).signature).not.toBe("");
      }
    }
    expect(playgroundMethods).toHaveLength(7);
  });

  it("refuses what cannot be signed", async () => {
    const request = { ...rfcExample.request, url: "ftp://example.com/" };
    await expect(explainSignature({ ...rfcExample, request })).rejects.toMatchObject({
      code: "ERR_URL_SCHEME",
    });
    await expect(explainSignature({ ...rfcExample, timestamp: "soon" })).rejects.toMatchObject({
      code: "ERR_TIMESTAMP",
    });
  });
});

describe("a permalink", () => {
  const request = {
    method: "POST",
    url: "http://example.com/?ü=☃",
    headers: [
      ["Content-Type", "text/plain"],
      ["Authorization", "Basic c2VjcmV0"],
      ["cookie", "session=secret"],
    ] as const,
    body: "☃",
  };
  const fragment = permalinkFragment({ ...rfcExample, request, privateKey: "a private key" });

  it("holds the request", () => {
    expect(readPermalink(fragment)).toMatchObject({
      clientIdentifier: "dpf43f3p2l4k3l03",
      signatureMethod: "HMAC-SHA1",
      request: { url: "http://example.com/?ü=☃", headers: [["Content-Type", "text/plain"]] },
    });
  });

  it("holds no secret", () => {
    const text = Buffer.from(fragment.slice("#request=".length), "base64url").toString("utf8");
    expect(text).toContain("dpf43f3p2l4k3l03");
    for (const secret of ["kd94", "pfkk", "private", "c2VjcmV0", "session", "SharedSecret"]) {
      expect(text).not.toContain(secret);
    }
  });

  it("that is damaged is none", () => {
    for (const damaged of ["", "#request=", "#request=AAAA", `${fragment.slice(0, -9)}`, "#x"]) {
      expect(readPermalink(damaged)).toBeUndefined();
    }
    const wrongType = Buffer.from(JSON.stringify({ request: 1 })).toString("base64url");
    expect(readPermalink(`#request=${wrongType}`)).toBeUndefined();
  });
});
