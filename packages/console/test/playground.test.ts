import { signatureMethods } from "@oauth1/signature-methods/registry";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainSignature, type PlaygroundInput } from "../web/src/playground/explain-signature.js";
import { linkedInput } from "../web/src/playground/linked-input.js";
import { permalinkFragment, readPermalink } from "../web/src/playground/permalink.js";

/** RFC 5849 §1.2: the request for the photo, whose printed signature is valid over http. */
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
  further: [],
};

describe("explainSignature", () => {
  it("returns the steps of the RFC's example", async () => {
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

  it("collects the parameters of a form body", async () => {
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

  it("signs with every method of the registry", async () => {
    for (const { name, keyType } of signatureMethods) {
      const input = { ...rfcExample, signatureMethod: name };
      if (keyType === "rsa") {
        await expect(explainSignature(input)).rejects.toMatchObject({ name: "KeyError" });
      } else {
        expect((await explainSignature(input)).signature).not.toBe("");
      }
    }
  });

  it("rejects input that cannot be signed", async () => {
    const request = { ...rfcExample.request, url: "ftp://example.com/" };
    await expect(explainSignature({ ...rfcExample, request })).rejects.toMatchObject({
      code: "ERR_URL_SCHEME",
    });
    await expect(explainSignature({ ...rfcExample, timestamp: "soon" })).rejects.toMatchObject({
      code: "ERR_TIMESTAMP",
    });
  });
});

/** Returns the link for an input, and its decoded text. */
function linkOf(input: PlaygroundInput) {
  const { linked, leftOut } = linkedInput(input);
  const fragment = permalinkFragment(linked);
  const text = Buffer.from(fragment.slice("#request=".length), "base64url").toString("utf8");
  return { fragment, leftOut, text };
}

describe("a permalink", () => {
  const request = {
    method: "POST",
    url: "http://example.com/?ü=☃",
    headers: [
      ["Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"],
      ["Authorization", "Basic c2VjcmV0"],
      ["cookie", "session=secret"],
    ] as const,
    body: "snow=☃&b",
  };

  it("is ignored if its signature method is unknown", () => {
    for (const signatureMethod of ["HMAC-MD5", "hmac-sha1", ""]) {
      expect(readPermalink(linkOf({ ...rfcExample, signatureMethod }).fragment)).toBeUndefined();
    }
  });

  it("contains the request", () => {
    const { fragment } = linkOf({ ...rfcExample, request });
    expect(readPermalink(fragment)).toEqual({
      request: { ...request, headers: request.headers.slice(0, 1) },
      clientIdentifier: "dpf43f3p2l4k3l03",
      tokenIdentifier: "nnch734d00sl2jdk",
      signatureMethod: "HMAC-SHA1",
      transmission: "header",
      realm: "Photos",
      timestamp: "137131202",
      nonce: "chapoH",
      hasVersion: false,
    });
  });

  it("contains the RFC's example unchanged", () => {
    const { fragment, leftOut } = linkOf(rfcExample);
    expect(readPermalink(fragment)?.request).toEqual(rfcExample.request);
    expect(leftOut).toEqual([]);
  });

  it("lists what it omits", () => {
    const { leftOut } = linkOf({
      ...rfcExample,
      request: {
        ...request,
        url: "https://jane:secret@example.com/a?oauth_signature=x&b=1&x_auth_password=y#z",
        headers: [...request.headers, ["Proxy-Authorization", "Basic x"]],
        body: "c=1&oauth%5Ftoken=z",
      },
    });
    expect(leftOut).toEqual([
      "the header Authorization",
      "the header cookie",
      "the header Proxy-Authorization",
      "the user name and password in the URL",
      "the fragment of the URL",
      "oauth_signature in the query",
      "x_auth_password in the query",
      "oauth_token in the form",
    ]);
    const json = [["Content-Type", "application/json"]] as const;
    expect(
      linkOf({ ...rfcExample, request: { ...request, headers: json, body: "{}" } }).leftOut,
    ).toEqual(["the body, which is not a form"]);
  });

  it("contains no secret, wherever it was typed or pasted", () => {
    const SECRET = "s3cr3t";
    /** Every spelling of a name that a server reads as this name. */
    const spelled = (name: string) =>
      fc
        .array(fc.constantFrom("plain", "upper", "encoded", "lower hex", "twice"), {
          minLength: name.length,
          maxLength: name.length,
        })
        .map((ways) =>
          [...name]
            .map((character, index) => {
              const hex = character.charCodeAt(0).toString(16);
              return {
                plain: character,
                upper: character.toUpperCase(),
                encoded: `%${hex.toUpperCase()}`,
                "lower hex": `%${hex}`,
                twice: `%25${hex}`,
              }[ways[index] ?? "plain"];
            })
            .join(""),
        );
    const pair = fc
      .constantFrom(
        "oauth_signature",
        "oauth_token",
        "oauth_verifier",
        "oauth_body_hash",
        "xoauth_requestor_id",
        "x_auth_password",
        "x_auth_username",
        "password",
        "access_token",
        "client_secret",
        "api_key",
      )
      .chain(spelled)
      .map((name) => `${name}=${SECRET}%26${SECRET}`);
    const harmless = fc.constantFrom("a=1", "b", "file=vacation.jpg", "c=%C3%A9", "=", "");
    const pairs = fc
      .tuple(
        fc.array(harmless, { maxLength: 3 }),
        fc.array(pair),
        fc.array(harmless, { maxLength: 3 }),
      )
      .map((parts) => parts.flat().join("&"));
    const nested = pairs.map((text) => `back=${encodeURIComponent(`https://x.example/?${text}`)}`);
    const url = fc
      .record({
        scheme: fc.constantFrom("http", "HTTPS"),
        userinfo: fc.constantFrom("", `${SECRET}@`, `jane:${SECRET}@`, `a@b:${SECRET}@`),
        host: fc.constantFrom("example.com", "example.com:8080", "[2001:db8::1]", "bücher.example"),
        path: fc.constantFrom("", "/", "/photos", `/a;oauth_signature=${SECRET}/b`),
        query: fc.oneof(pairs, nested),
        fragment: fc.constantFrom("", `#${SECRET}`, `#access_token=${SECRET}`),
      })
      .map(
        ({ scheme, userinfo, host, path, query, fragment }) =>
          `${scheme}://${userinfo}${host}${path}?${query}${fragment}`,
      );
    const malformed = fc.constantFrom(
      `https:\\\\jane:${SECRET}@example.com/`,
      `//jane:${SECRET}@example.com/`,
      `jane:${SECRET}@example.com`,
      `https://jane:${SECRET}/x@example.com/`,
      `https://jane:${SECRET}?x@example.com/`,
      `ftp://jane:${SECRET}@example.com/`,
    );
    const fieldName = fc.oneof(
      fc.constantFrom(
        "Authorization",
        "proxy-authorization",
        "Cookie",
        "X-Api-Key",
        "X-Amz-Security-Token",
        "Referer",
      ),
      fc.stringMatching(/^[A-Za-z-]{1,20}$/).filter((name) => !/^content-type$/i.test(name)),
    );
    const contentType = fc.constantFrom(
      "application/x-www-form-urlencoded",
      "Application/X-WWW-Form-Urlencoded;charset=utf-8",
      `application/x-www-form-urlencoded; x=${SECRET}`,
      "application/json",
      `multipart/form-data; boundary=${SECRET}`,
      SECRET,
    );
    const body = fc.oneof(pairs, nested, fc.constant(`{"oauth_signature":"${SECRET}"}`));
    const input = fc.record({
      request: fc.record({
        method: fc.constantFrom("GET", "post", `GET ${SECRET}`),
        url: fc.oneof({ arbitrary: url, weight: 9 }, malformed),
        headers: fc
          .tuple(contentType, fc.array(fieldName, { maxLength: 4 }))
          .map(([type, names]) => [
            ["Content-Type", type] as const,
            ...names.map((name) => [name, `x ${SECRET}`] as const),
          ]),
        body,
      }),
      clientSharedSecret: fc.constant(SECRET),
      tokenSharedSecret: fc.constant(SECRET),
      privateKey: fc.constant(`-----BEGIN PRIVATE KEY-----${SECRET}`),
    });
    fc.assert(
      fc.property(input, (secrets) => {
        const { text, fragment } = linkOf({ ...rfcExample, ...secrets } as PlaygroundInput);
        expect(text.toLowerCase()).not.toContain(SECRET);
        expect(text).toContain("dpf43f3p2l4k3l03");
        expect(readPermalink(fragment)).toBeDefined();
      }),
      { numRuns: 2000 },
    );
  });

  it("is ignored if it is damaged", () => {
    const { fragment } = linkOf({ ...rfcExample, request });
    for (const damaged of ["", "#request=", "#request=AAAA", `${fragment.slice(0, -9)}`, "#x"]) {
      expect(readPermalink(damaged)).toBeUndefined();
    }
    const wrongType = Buffer.from(JSON.stringify({ request: 1 })).toString("base64url");
    expect(readPermalink(`#request=${wrongType}`)).toBeUndefined();
  });
});
