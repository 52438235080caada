import {
  baseStringUri,
  type ParsedRequestUri,
  queryParameters,
  signatureBaseString,
} from "@oauth1/base-string";

import { parseRequestUri, requestParameters } from "@oauth1/base-string/steps";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";

describe("parseRequestUri", () => {
  it("returns the parts of the base string, with the query unchanged", () => {
    expect(parseRequestUri("HTTPS://u:p@Example.COM:0443/r%20v/%7e/../X?a=%2b+1&&b#f?g")).toEqual({
      baseStringUri: "https://example.com/r%20v/%7e/../X",
      query: "a=%2b+1&&b",
      queryIndex: 44,
    });
    expect(parseRequestUri("http://example.com")).toEqual({
      baseStringUri: "http://example.com/",
      query: "",
      queryIndex: 18,
    });
    expectTypeOf(parseRequestUri).returns.toEqualTypeOf<ParsedRequestUri>();
  });

  it("splits like RFC 3986 appendix B", () => {
    const rfc3986 = /^(([^:/?#]+):)?(\/\/([^/?#]*))?([^?#]*)(\?([^#]*))?(#(.*))?/;
    fc.assert(
      fc.property(
        fc.webUrl({
          validSchemes: ["http", "https", "HTTP"],
          withQueryParameters: true,
          withFragments: true,
          authoritySettings: { withIPv4: true, withIPv6: true, withPort: true, withUserInfo: true },
        }),
        (url) => {
          const [, , scheme = "", , authority = "", path, , query = ""] = rfc3986.exec(url) ?? [];
          const parsed = parseRequestUri(url);
          expect(parsed.query).toBe(query);
          expect(url.slice(parsed.queryIndex).startsWith(query)).toBe(true);
          // RFC 5849 §3.4.1.2, item by item.
          const [, host = "", port = ""] =
            /^(.*?)(?::(\d*))?$/.exec(authority.slice(authority.lastIndexOf("@") + 1)) ?? [];
          const standard = scheme.toLowerCase() === "http" ? 80 : 443;
          const shown = port === "" || Number(port) === standard ? "" : `:${port}`;
          expect(parsed.baseStringUri).toBe(
            `${scheme.toLowerCase()}://${host.toLowerCase()}${shown}${path === "" ? "/" : path}`,
          );
        },
      ),
    );
  });

  it("returns a parsed URL unchanged, which every function accepts", () => {
    const url = "http://EXAMPLE.com:80/request?a2=r%20b&a3=2+q";
    const parsed = parseRequestUri(url);
    expect(parseRequestUri(parsed)).toBe(parsed);
    expect(baseStringUri(parsed)).toBe(baseStringUri(url));
    expect(queryParameters(parsed)).toEqual(queryParameters(url));
    expect(requestParameters({ url: parsed })).toEqual(requestParameters({ url }));
    expect(signatureBaseString({ method: "GET", url: parsed }, [])).toBe(
      signatureBaseString({ method: "GET", url }, []),
    );
    expect(() => queryParameters(parseRequestUri("http://example.com/?a=%4"))).toThrow(
      expect.objectContaining({ code: "ERR_BROKEN_ESCAPE", index: 22 }),
    );
  });
});

describe("a URL object", () => {
  it("is parsed from its href, which fetch sends", () => {
    const url = new URL("HTTP://Example.COM:80/a b/é?q=☃+%2b#f");
    expect(url.href).toBe("http://example.com/a%20b/%C3%A9?q=%E2%98%83+%2b#f");
    expect(baseStringUri(url)).toBe("http://example.com/a%20b/%C3%A9");
    expect(queryParameters(url)).toEqual([["q", "☃ +"]]);
    expect(signatureBaseString({ method: "get", url }, [])).toBe(
      "GET&http%3A%2F%2Fexample.com%2Fa%2520b%2F%25C3%25A9&q%3D%25E2%2598%2583%2520%252B",
    );
  });

  it("is not mistaken for a parsed URL because it has a query", () => {
    const url = { href: "http://example.com/?a=b", query: "c=d" };
    expect(baseStringUri(url)).toBe("http://example.com/");
    expect(queryParameters(url)).toEqual([["a", "b"]]);
  });

  it("is reported with an index into its href", () => {
    expect(() => baseStringUri(new URL("ftp://example.com/"))).toThrow(
      expect.objectContaining({ code: "ERR_URL_SCHEME", index: 0 }),
    );
    expect(() => queryParameters(new URL("http://example.com:80/?a=%4"))).toThrow(
      expect.objectContaining({ code: "ERR_BROKEN_ESCAPE", index: 22 }),
    );
  });
});

// RFC 5849 §3.4.1.2.
describe("baseStringUri", () => {
  it.each([
    ["http://example.com", "http://example.com/"],
    ["http://example.com?a=b", "http://example.com/"],
    ["http://example.com#f", "http://example.com/"],
    ["HTTP://example.com:/x", "http://example.com/x"],
    ["http://example.com:443/", "http://example.com:443/"],
    ["https://example.com:80/", "https://example.com:80/"],
    ["https://example.com:443/", "https://example.com/"],
    ["http://user:PASS@example.com/", "http://example.com/"],
    ["http://a@b@example.com/", "http://example.com/"],
    ["http://[2001:DB8::1]:8080/A", "http://[2001:db8::1]:8080/A"],
    ["http://example.com/a/./b/../c//d", "http://example.com/a/./b/../c//d"],
    ["http://example.com/%7Ea%2fb;c=1", "http://example.com/%7Ea%2fb;c=1"],
    ["http://example.com:65535/", "http://example.com:65535/"],
    ["https://example.com:8080", "https://example.com:8080/"],
    ["https://example.com:", "https://example.com/"],
    ["http://EXAMPLE.com:0080", "http://example.com/"],
    ["http://example.com:08/", "http://example.com:08/"],
  ])("%s is %s", (url, expected) => {
    expect(baseStringUri(url)).toBe(expected);
  });
});
