import {
  BaseStringError,
  type BaseStringErrorCode,
  baseStringUri,
  formParameters,
  queryParameters,
  signatureBaseString,
} from "@oauth1/base-string";

import { collectParameters, parseRequestUri, requestParameters } from "@oauth1/base-string/steps";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";

function errorOf(run: () => unknown): BaseStringError {
  try {
    run();
  } catch (error) {
    if (error instanceof BaseStringError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

/** The error is at the position of the `^`. The rest is the URL. */
const urls: [code: BaseStringErrorCode, marked: string][] = [
  ["ERR_URL_SCHEME", "^"],
  ["ERR_URL_SCHEME", "^/photos"],
  ["ERR_URL_SCHEME", "^//photos.example.net/"],
  ["ERR_URL_SCHEME", "^photos.example.net/"],
  ["ERR_URL_SCHEME", "^ftp://photos.example.net/"],
  ["ERR_URL_SCHEME", "^httpss://photos.example.net/"],
  ["ERR_URL_SCHEME", "^http:/photos.example.net/"],
  ["ERR_URL_SCHEME", "^ http://photos.example.net/"],
  ["ERR_URL_AUTHORITY", "http://^"],
  ["ERR_URL_AUTHORITY", "http://^/photos"],
  ["ERR_URL_AUTHORITY", "http://^?size=original"],
  ["ERR_URL_AUTHORITY", "http://^#"],
  ["ERR_URL_AUTHORITY", "http://^:80/"],
  ["ERR_URL_AUTHORITY", "https://jane:secret@^/"],
  ["ERR_URL_AUTHORITY", "https://jane:secret@^:443/"],
  ["ERR_URL_AUTHORITY", "http://^exa<mple/"],
  ["ERR_URL_AUTHORITY", "http://^exa<mple:80/"],
  ["ERR_URL_AUTHORITY", "http://^photos.example.net\\photos"],
  ["ERR_URL_AUTHORITY", "http://^a\\@photos.example.net/photos"],
  ["ERR_URL_AUTHORITY", "http://jane@^a\\@photos.example.net/photos"],
  ["ERR_URL_AUTHORITY", "http://^[::1/"],
  ["ERR_URL_AUTHORITY", "http://^[zz]:80/"],
  ["ERR_URL_AUTHORITY", "http://^[::1]x:80/"],
  ["ERR_URL_AUTHORITY", "http://^photos.example.net:8o/"],
  ["ERR_URL_AUTHORITY", "http://^photos.example.net:65536/"],
  ["ERR_URL_AUTHORITY", "http://^photos.example.net:-1/"],
  ["ERR_URL_AUTHORITY", "http://^photos.example.net:99999999999999999999?q"],
  ["ERR_URL_AUTHORITY", "http://jane:secret@^photos.example.net:x#"],
  ["ERR_URL_AUTHORITY", "http://^[::1]:x/"],
  ["ERR_URL_CHARACTER", "http://^é.example/"],
  ["ERR_URL_CHARACTER", "http://photos.example.net/a^ b"],
  ["ERR_URL_CHARACTER", "http://photos.example.net/^é?q=é"],
  ["ERR_URL_CHARACTER", "http://photos.example.net/?q=^☃"],
  ["ERR_URL_CHARACTER", "http://photos.example.net/?a=^\nb"],
  ["ERR_URL_CHARACTER", "http://photos.example.net/^\u007f"],
  ["ERR_URL_CHARACTER", "http://ja^ ne@photos.example.net/"],
];

describe("a malformed URL", () => {
  it.each(urls)("is rejected with %s: %j", (code, marked) => {
    const index = marked.indexOf("^");
    const url = marked.replace("^", "");
    for (const take of [
      baseStringUri,
      parseRequestUri,
      queryParameters,
      (url: string) => requestParameters({ url }),
      (url: string) => collectParameters({ url }, []),
      (url: string) => signatureBaseString({ method: "GET", url }, []),
    ]) {
      const error = errorOf(() => take(url));
      expect([error.code, error.index]).toEqual([code, index]);
      expect(error.message).toContain(`at index ${index}`);
    }
  });

  it("is rejected at its first character that must be percent-encoded", () => {
    const visible = Array.from({ length: 94 }, (_, n) => String.fromCharCode(0x21 + n)).filter(
      (character) => character !== "#",
    );
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...visible)),
        fc.string({ unit: "binary", minLength: 1, maxLength: 1 }).filter((c) => !/[!-~]/.test(c)),
        fc.webFragments(),
        (before, character, after) => {
          const start = `https://photos.example.net/${before.join("")}`;
          const { code, index } = errorOf(() => baseStringUri(`${start}${character}${after}`));
          expect([code, index]).toEqual(["ERR_URL_CHARACTER", start.length]);
        },
      ),
    );
  });

  it("can contain any character in its fragment, which is not sent", () => {
    expect(baseStringUri("http://photos.example.net/a#é \n☃#?")).toBe(
      "http://photos.example.net/a",
    );
    expect(requestParameters({ url: "http://photos.example.net/#?a=%zz" })).toEqual([]);
  });
});

describe("a malformed method", () => {
  it.each([
    ["", 0],
    ["GET ", 3],
    ["G ET", 1],
    ["GET\r\nHost: x", 3],
    ["GÉT", 1],
    ["GET/", 3],
    ["(GET", 0],
  ])("is rejected: %j at %i", (method, index) => {
    const error = errorOf(() => signatureBaseString({ method, url: "http://example.com/" }, []));
    expect([error.code, error.index]).toEqual(["ERR_METHOD", index]);
  });

  it("is every method that contains a character other than a token character (RFC 9110 §5.6.2)", () => {
    const token = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    for (let unit = 0; unit < 0x180; unit++) {
      const character = String.fromCharCode(unit);
      const sign = () =>
        signatureBaseString({ method: `X${character}`, url: "http://example.com/" }, []);
      if (token.includes(character)) expect(sign()).toMatch(/^X/);
      else expect(errorOf(sign)).toMatchObject({ code: "ERR_METHOD", index: 1 });
    }
  });
});

describe("the error", () => {
  it("is an Error with a name, a code and an index", () => {
    const error = errorOf(() => baseStringUri("ftp://example.com/"));
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe("BaseStringError");
    expectTypeOf(error.code).toEqualTypeOf<BaseStringErrorCode>();
  });

  it.each([
    ["method: not an HTTP token at index 1; pass one such as GET", "G T", "http://example.com/"],
    ["url: no http or https scheme at index 0; pass an absolute URL", "GET", "/photos"],
    [
      "url: missing or malformed host or port at index 7; pass host or host:port",
      "GET",
      "http://example.com:x/",
    ],
    [
      "url: character that must be percent-encoded at index 20; encode it",
      "GET",
      "http://example.com/a b",
    ],
    [
      "url: malformed escape at index 22; write % itself as %25",
      "GET",
      "http://example.com/?a=%zz",
    ],
  ])("says what is wrong, where, and what to do: %s", (message, method, url) => {
    expect(() => signatureBaseString({ method, url }, [])).toThrow(
      expect.objectContaining({ message }),
    );
  });

  it.each<[string, () => unknown]>([
    [
      "body: malformed escape at index 6; write % itself as %25",
      () => requestParameters({ url: "http://example.com/", body: "a=b&c=%" }),
    ],
    ["body: malformed escape at index 6; write % itself as %25", () => formParameters("a=b&c=%")],
    [
      "url: malformed escape at index 22; write % itself as %25",
      () => queryParameters("http://example.com/?a=%"),
    ],
  ])("reports a malformed parameter in the same form: %s", (message, take) => {
    expect(take).toThrow(expect.objectContaining({ message }));
  });

  it("does not contain a part of the URL or the method", () => {
    for (const [, marked] of urls) {
      const url = marked.replace("^", "").replace("://", "://kd94hf93k423kf44@");
      const error = errorOf(() => baseStringUri(url));
      expect(`${error.message} ${error} ${JSON.stringify(error)}`).not.toContain("kd94hf");
    }
    const error = errorOf(() =>
      signatureBaseString({ method: "kd94hf93k423kf44 ", url: "http://example.com/" }, []),
    );
    expect(`${error} ${JSON.stringify(error)}`).not.toContain("kd94hf");
  });
});

describe("a URL of another type", () => {
  it("throws an error", () => {
    for (const url of [undefined, null]) {
      expect(() => baseStringUri(url as unknown as string)).toThrow(TypeError);
    }
    for (const url of [7, {}, ["http:"], { href: 7 }]) {
      expect(errorOf(() => baseStringUri(url as unknown as string)).code).toBe("ERR_URL_SCHEME");
    }
  });
});
