import { createSigner } from "@oauth1/signer";
import { describe, expect, it } from "vitest";
import { photos, vacation } from "./rfc-examples.js";

const signer = createSigner(photos);
const { url: URL_TEXT, signature: SIGNATURE } = vacation;
const url = "http://photos.example.net/photos";
const FORM = "application/x-www-form-urlencoded";

describe("headers", () => {
  it.each<[string, Parameters<typeof signer.sign>[0]["headers"]]>([
    ["an object", { "content-type": FORM }],
    ["pairs", [["Content-Type", FORM]]],
    ["Headers", new Headers({ "Content-Type": FORM })],
    ["a Map", new Map([["Content-Type", FORM]])],
  ])("are read from %s", (_, headers) => {
    const signed = signer.sign({ method: "POST", url, headers, body: "a=b" });
    expect(signed.baseString).toContain("&a%3Db%26oauth_consumer_key");
    expect(new Headers(signed.headers).get("content-type")).toBe(FORM);
  });

  it("are copied, and lines of one name are joined (RFC 9110 §5.3)", () => {
    const headers: [string, string][] = [
      ["Accept", "text/html"],
      ["X-A", "1"],
      ["accept", "text/plain"],
    ];
    const before = structuredClone(headers);
    const signed = signer.sign({ method: "GET", url: URL_TEXT, headers });
    expect(signed.headers).toMatchObject({ Accept: "text/html, text/plain", "X-A": "1" });
    expect(headers).toEqual(before);
  });

  it("are not changed if given as an object", () => {
    const headers = Object.freeze({ Accept: "text/html" });
    const signed = signer.sign({ method: "GET", url: URL_TEXT, headers });
    expect(Object.keys(signed.headers)).toEqual(["Accept", "Authorization"]);
  });
});

describe("the URL", () => {
  it("can be a URL object", () => {
    const signed = signer.sign({ method: "GET", url: new URL(URL_TEXT) });
    expect(signed.url).toBe(URL_TEXT);
    expect(signed.signature).toBe(SIGNATURE);
  });

  it("is sent unchanged, and signed as its base string URI (§3.4.1.2)", () => {
    const spelled = URL_TEXT.replace("http://photos.example.net", "HTTP://Photos.Example.NET:80");
    const signed = signer.sign({ method: "GET", url: spelled });
    expect(signed.url).toBe(spelled);
    expect(signed.signature).toBe(SIGNATURE);
  });

  it("keeps query octets that are not UTF-8", () => {
    const signed = signer.sign({ method: "GET", url: `${url}?a=%ff` });
    expect(signed.baseString).toContain("&a%3D%25FF%26");
  });
});

describe("the method", () => {
  it("is signed in upper case (§3.4.1.1) and sent as it was given", () => {
    const signed = signer.sign({ method: "get", url: URL_TEXT });
    expect(signed.method).toBe("get");
    expect(signed.signature).toBe(SIGNATURE);
  });
});
