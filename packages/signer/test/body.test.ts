import { createSigner } from "@oauth1/signer";
import { describe, expect, it } from "vitest";
import { photos } from "./rfc-examples.js";

const request = { method: "POST", url: "http://example.com/" };
const signer = createSigner(photos);

/** The base string's parameters that are not protocol parameters, as they appear in it. */
function signedForm(baseString: string): string {
  const [, , parameters = ""] = baseString.split("&");
  return parameters
    .split("%26")
    .filter((parameter) => !parameter.startsWith("oauth_"))
    .join("%26");
}

describe("a form body (RFC 5849 §3.4.1.3.1)", () => {
  for (const contentType of [
    "application/x-www-form-urlencoded",
    "Application/X-WWW-Form-URLencoded",
    "application/x-www-form-urlencoded; charset=UTF-8",
    "application/x-www-form-urlencoded;charset=utf-8",
    " application/x-www-form-urlencoded\t",
  ]) {
    it(`is signed with content type ${JSON.stringify(contentType)}`, () => {
      const headers = { "CONTENT-type": contentType };
      const body = "c2&a3=2+q";
      const signed = signer.sign({ ...request, headers, body });
      expect(signedForm(signed.baseString)).toBe("a3%3D2%2520q%26c2%3D");
      expect(signed.body).toBe(body);
      expect(Object.keys(signed.headers)).toEqual(["CONTENT-type", "Authorization"]);
    });
  }

  it("is signed as pairs, and sent in the encoding of §3.6 with its content type", () => {
    const signed = signer.sign({
      ...request,
      body: [
        ["a", "2 q"],
        ["a", ""],
        ["ä", "="],
      ] as const,
    });
    expect(signed.body).toBe("a=2%20q&a=&%C3%A4=%3D");
    expect(signedForm(signed.baseString)).toBe("%25C3%25A4%3D%253D%26a%3D%26a%3D2%2520q");
    expect(signed.headers).toMatchObject({
      "Content-Type": "application/x-www-form-urlencoded",
    });
  });

  it("is signed as pairs of any iterable, and sent without the parameters of the query", () => {
    const signed = signer.sign({
      ...request,
      url: "http://example.com/?b=5",
      body: new Map([["a", "2 q"]]),
    });
    expect(signed.body).toBe("a=2%20q");
    expect(signedForm(signed.baseString)).toBe("a%3D2%2520q%26b%3D5");
  });

  it("is not text whose content type is in a header with another name", () => {
    const headers = { undefined: "application/x-www-form-urlencoded" };
    expect(signedForm(signer.sign({ ...request, headers, body: "a=1" }).baseString)).toBe("");
  });

  it("is signed as URLSearchParams, and sent as the platform writes it", () => {
    const body = new URLSearchParams("a=2+q&b=*");
    const signed = signer.sign({ ...request, body });
    expect(signed.body).toBe("a=2+q&b=*");
    expect(signedForm(signed.baseString)).toBe("a%3D2%2520q%26b%3D%252A");
  });

  it("is signed as octets, and sent as the same object", () => {
    const body = Uint8Array.of(0x61, 0x3d, 0xff);
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const signed = signer.sign({ ...request, headers, body });
    expect(signed.body).toBe(body);
    expect(signedForm(signed.baseString)).toBe("a%3D%25FF");
  });
});

describe("any other body", () => {
  const form = new FormData();
  form.set("a", "1");
  for (const [name, body] of Object.entries({
    text: "a=1",
    octets: new TextEncoder().encode("a=1"),
    "an ArrayBuffer": new TextEncoder().encode("a=1").buffer,
    FormData: form,
    "a Blob": new Blob(["a=1"]),
    "a stream": new Blob(["a=1"]).stream(),
    "a number": 7,
  })) {
    it(`passes on ${name} as the same object, unsigned`, () => {
      const signed = signer.sign({ ...request, body });
      expect(signed.body).toBe(body);
      expect(signedForm(signed.baseString)).toBe("");
      expect(Object.keys(signed.headers)).toEqual(["Authorization"]);
    });
  }

  for (const contentType of [
    "text/plain",
    "application/json",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded-not",
    "text/plain; application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded, text/plain",
  ]) {
    it(`is not signed as text of content type ${contentType}, which rejects pairs`, () => {
      const headers = { "content-type": contentType };
      const text = "a=1";
      const pairs = [["a", "1"]] as const;
      const signed = signer.sign({ ...request, headers, body: text });
      expect(signed.body).toBe(text);
      expect(signedForm(signed.baseString)).toBe("");
      for (const body of [pairs, new Map(pairs), new URLSearchParams("a=1")]) {
        expect(() => signer.sign({ ...request, headers, body })).toThrow(
          expect.objectContaining({ code: "ERR_FORM_BODY" }),
        );
      }
    });
  }

  it("is null if the request has no body", () => {
    expect(signer.sign(request).body).toBeNull();
    expect(signer.sign({ ...request, body: null }).body).toBeNull();
  });
});
