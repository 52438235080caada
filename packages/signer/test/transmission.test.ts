import { createSigner } from "@oauth1/signer";
import { describe, expect, it } from "vitest";
import { photos as OPTIONS, vacation } from "./rfc-examples.js";

const { url: URL_TEXT, signature: SIGNATURE } = vacation;

const PROTOCOL_PARAMETERS = [
  ["oauth_consumer_key", "dpf43f3p2l4k3l03"],
  ["oauth_nonce", "kllo9940pd9333jh"],
  ["oauth_signature_method", "HMAC-SHA1"],
  ["oauth_timestamp", "1191242096"],
  ["oauth_token", "nnch734d00sl2jdk"],
  ["oauth_version", "1.0"],
  ["oauth_signature", SIGNATURE],
];

const FORM = "application/x-www-form-urlencoded";

/** An independent reader of forms. */
const pairs = (form: string) => [...new URLSearchParams(form)];

const sorted = (list: readonly (readonly [string, string])[]) =>
  list.map((pair) => pair.join("=")).sort();

describe("header (RFC 5849 §3.5.1)", () => {
  it("is the default, and encodes and quotes each parameter", () => {
    const signer = createSigner(OPTIONS);
    expect(signer.transmission).toBe("header");
    const signed = signer.sign({ method: "GET", url: URL_TEXT });
    expect(signed).toMatchObject({ method: "GET", url: URL_TEXT, body: null });
    expect(signed.signature).toBe(SIGNATURE);
    const { Authorization = "", ...others } = signed.headers;
    expect(others).toEqual({});
    expect(Authorization).toMatch(/^OAuth /);
    const found = Authorization.slice(6)
      .split(", ")
      .map((parameter) => /^([^=]+)="([^"]*)"$/.exec(parameter)?.slice(1).map(decodeURIComponent));
    expect(found).toEqual(PROTOCOL_PARAMETERS);
  });

  it("puts the realm first, and never signs it", () => {
    const signed = createSigner({ ...OPTIONS, realm: "http://photos.example.net/" }).sign({
      method: "GET",
      url: URL_TEXT,
    });
    expect(signed.headers["Authorization"]).toMatch(
      /^OAuth realm="http:\/\/photos\.example\.net\/", oauth_consumer_key="/,
    );
    expect(signed.signature).toBe(SIGNATURE);
    expect(signed.baseString).not.toContain("realm");
    expect(signed.protocolParameters).toEqual(PROTOCOL_PARAMETERS);
  });

  it("keeps a fragment in the URL, unsigned", () => {
    const signed = createSigner(OPTIONS).sign({ method: "GET", url: `${URL_TEXT}#top` });
    expect(signed.url).toBe(`${URL_TEXT}#top`);
    expect(signed.signature).toBe(SIGNATURE);
  });
});

describe("query (RFC 5849 §3.5.3)", () => {
  const signer = createSigner({ ...OPTIONS, transmission: "query", realm: "Photos" });

  it("adds the parameters after the query's own, without the realm", () => {
    const signed = signer.sign({ method: "GET", url: URL_TEXT });
    expect(signed.url.startsWith(`${URL_TEXT}&oauth_`)).toBe(true);
    expect(pairs(signed.url.slice(URL_TEXT.length + 1))).toEqual(PROTOCOL_PARAMETERS);
    expect(signed.headers).toEqual({});
    expect(signed.body).toBeNull();
    expect(signed.signature).toBe(SIGNATURE);
  });

  it.each([
    ["no query", "http://example.com/r", "?", ""],
    ["a ? at the end", "http://example.com/r?", "", ""],
    ["a fragment", "http://example.com/r?a=b", "&", "#f"],
    ["a fragment without a query", "http://example.com/r", "?", "#f"],
    ["a ? at the end and a fragment", "http://example.com/r?", "", "#f"],
    ["a ? in the fragment", "http://example.com/r", "?", "#f?g"],
    ["no path", "http://example.com", "?", ""],
  ])("writes into a URL with %s", (_, before, separator, fragment) => {
    const { url } = signer.sign({ method: "GET", url: `${before}${fragment}` });
    expect(url.startsWith(`${before}${separator}oauth_consumer_key=`)).toBe(true);
    expect(url.endsWith(fragment)).toBe(true);
    const whole = new URL(url);
    expect(whole.hash).toBe(fragment);
    const own = [...new URL(before).searchParams].length;
    expect([...whole.searchParams].slice(own).map(([name]) => name)).toEqual(
      PROTOCOL_PARAMETERS.map(([name]) => name),
    );
  });

  it("passes a body on", () => {
    const body = { any: "object" };
    expect(signer.sign({ method: "POST", url: URL_TEXT, body }).body).toBe(body);
  });
});

describe("form-body (RFC 5849 §3.5.2)", () => {
  const signer = createSigner({ ...OPTIONS, transmission: "form-body", realm: "Photos" });
  const url = "http://photos.example.net/photos";
  const headers = { "content-type": FORM };
  const own: [string, string][] = [
    ["file", "vacation.jpg"],
    ["size", "original"],
  ];
  const text = "file=vacation.jpg&size=original";

  it.each([
    ["text", text, headers],
    ["pairs", own, undefined],
    ["URLSearchParams", new URLSearchParams(own), undefined],
    ["pairs with the content type", own, headers],
  ])("adds the parameters after the form's own, given as %s", (_, body, fields) => {
    const signed = signer.sign({ method: "POST", url, body, ...(fields && { headers: fields }) });
    expect(signed.body).toSatisfy((form: string) => form.startsWith(`${text}&oauth_`));
    const found = pairs(String(signed.body));
    expect(found.slice(0, 2)).toEqual(own);
    expect(sorted(found.slice(2))).toEqual(sorted(signed.protocolParameters));
    expect(new Headers(signed.headers).get("content-type")).toBe(FORM);
    expect(Object.keys(signed.headers)).toHaveLength(1);
    expect(signed.url).toBe(url);
  });

  it("adds them to octets without reading them as text", () => {
    const body = Uint8Array.of(0x61, 0x3d, 0xff, 0x80);
    const signed = signer.sign({ method: "POST", url, headers, body });
    expect(signed.body).toBeInstanceOf(Uint8Array);
    const octets = Buffer.from(signed.body as Uint8Array);
    expect([...octets.subarray(0, 4)]).toEqual([...body]);
    expect(octets.subarray(4).toString("latin1")).toMatch(/^&oauth_consumer_key=dpf43f3p2l4k3l03&/);
    expect(pairs(octets.subarray(5).toString("latin1"))).toEqual(signed.protocolParameters);
    expect([...body]).toEqual([0x61, 0x3d, 0xff, 0x80]);
    expect(signed.baseString).toMatch(/&a%3D%25FF%2580%26oauth_consumer_key/);
  });

  it.each([
    ["none", undefined],
    ["null", null],
    ["empty text", ""],
    ["no octets", new Uint8Array()],
    ["no pairs", []],
  ])("creates a form of the parameters alone if the body is %s", (_, body) => {
    const signed = signer.sign({ method: "POST", url, headers, body });
    expect(pairs(String(signed.body))).toEqual(signed.protocolParameters);
    expect(signed.headers).toEqual(headers);
  });

  it("sets the content type if there is no body", () => {
    const signed = signer.sign({ method: "POST", url });
    expect(signed.headers).toEqual({ "Content-Type": FORM });
  });
});
