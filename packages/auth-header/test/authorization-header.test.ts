import {
  type AuthorizationParameters,
  type Parameter,
  parseAuthorizationHeader,
  serializeAuthorizationHeader,
} from "@oauth1/auth-header";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";

const unicode = fc.string({ unit: "binary" });
const visible = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((n) => String.fromCharCode(n)),
});
/** Unique names, none of which is the realm's. */
const parameters = fc
  .uniqueArray(fc.tuple(unicode, unicode), { selector: ([name]) => name })
  .map((pairs) => pairs.filter(([name]) => name !== "" && !/^realm$/i.test(name)));

// RFC 5849 §3.5.1, folded as printed there.
const RFC = `OAuth realm="Example",
   oauth_consumer_key="0685bd9184jfhq22",
   oauth_token="ad180jjd733klru7",
   oauth_signature_method="HMAC-SHA1",
   oauth_signature="wOJIO9A2W5mFwDgiDvZbTSMK%2FPY%3D",
   oauth_timestamp="137131200",
   oauth_nonce="4572616e48616d6d65724c61686176",
   oauth_version="1.0"`;
const rfcParameters: Parameter[] = [
  ["oauth_consumer_key", "0685bd9184jfhq22"],
  ["oauth_token", "ad180jjd733klru7"],
  ["oauth_signature_method", "HMAC-SHA1"],
  ["oauth_signature", "wOJIO9A2W5mFwDgiDvZbTSMK/PY="],
  ["oauth_timestamp", "137131200"],
  ["oauth_nonce", "4572616e48616d6d65724c61686176"],
  ["oauth_version", "1.0"],
];

describe("the header of RFC 5849 §3.5.1", () => {
  it("is parsed", () => {
    const expected = { realm: "Example", parameters: rfcParameters };
    expect(parseAuthorizationHeader(RFC)).toEqual(expected);
    expect(parseAuthorizationHeader(RFC.replaceAll("\n", "\r\n"))).toEqual(expected);
    expect(parseAuthorizationHeader(RFC.replaceAll(/\s+/g, " "))).toEqual(expected);
    expect(parseAuthorizationHeader(RFC.replaceAll(/,\s+/g, ","))).toEqual(expected);
    expectTypeOf(parseAuthorizationHeader).returns.toEqualTypeOf<AuthorizationParameters>();
  });

  it("is serialized", () => {
    expect(serializeAuthorizationHeader({ realm: "Example", parameters: rfcParameters })).toBe(
      RFC.replaceAll(/\s+/g, " "),
    );
  });
});

describe("headers as clients send them", () => {
  const nonce = { realm: undefined, parameters: [["oauth_nonce", "a b"]] };
  it.each([
    'OAuth oauth_nonce="a%20b"',
    'oauth oauth_nonce="a%20b"',
    'OAUTH\toauth_nonce="a%20b"',
    ' \tOAuth   oauth_nonce="a%20b"  ',
    'OAuth oauth_nonce = "a%20b"',
    'OAuth oauth_nonce\t=\r\n "a%20b"',
    'OAuth oauth_nonce\n =\n "a%20b"',
    'OAuth ,, , oauth_nonce="a%20b" ,,',
    'OAuth oauth%5Fnonce="a%20b"',
    'OAuth oauth_nonce="a b"',
    'OAuth\n oauth_nonce="a%20b"\n ',
  ])("are parsed: %j", (header) => {
    expect(parseAuthorizationHeader(header)).toEqual(nonce);
  });

  it.each([
    ["OAuth", undefined],
    ["OAuth ", undefined],
    ['OAuth realm=""', ""],
    ['OAuth Realm="a"', "a"],
    ['OAuth REALM = "a%20b+"', "a%20b+"],
    ['OAuth realm="a, b=\\"c\\" \\\\ \\d"', 'a, b="c" \\ d'],
    ['OAuth realm="é"', "é"],
  ])("can omit the parameters: %j has the realm %j", (header, realm) => {
    expect(parseAuthorizationHeader(header)).toEqual({ realm, parameters: [] });
  });

  it("can have the realm after other parameters, and empty values", () => {
    expect(parseAuthorizationHeader('OAuth oauth_token="", realm="Photos", a=""')).toEqual({
      realm: "Photos",
      parameters: [
        ["oauth_token", ""],
        ["a", ""],
      ],
    });
  });

  it("can have a parameter whose name begins or ends like that of the realm", () => {
    expect(parseAuthorizationHeader('OAuth my-realm = "a b", realm2="c"')).toEqual({
      realm: undefined,
      parameters: [
        ["my-realm", "a b"],
        ["realm2", "c"],
      ],
    });
  });

  it("can have values without quotes if the option is set", () => {
    const header = 'OAuth realm=Photos, oauth_nonce=a%20b,oauth_token="c"';
    expect(parseAuthorizationHeader(header, { unquoted: true })).toEqual({
      realm: "Photos",
      parameters: [
        ["oauth_nonce", "a b"],
        ["oauth_token", "c"],
      ],
    });
    for (const options of [undefined, {}, { unquoted: false }, { unquoted: undefined }]) {
      expect(() => parseAuthorizationHeader(header, options)).toThrow(
        expect.objectContaining({ code: "ERR_SYNTAX", index: 12 }),
      );
    }
  });
});

describe("a serialized header", () => {
  it("is parsed back to its contents", () => {
    fc.assert(
      fc.property(fc.option(visible, { nil: undefined }), parameters, (realm, parameters) => {
        const header = serializeAuthorizationHeader({ realm, parameters });
        expect(parseAuthorizationHeader(header)).toEqual({ realm, parameters });
      }),
    );
  });

  it("is a value that fetch and Node send unchanged", () => {
    fc.assert(
      fc.property(visible, fc.array(fc.tuple(unicode, unicode)), (realm, parameters) => {
        const header = serializeAuthorizationHeader({ realm, parameters });
        expect(header).toMatch(/^[ -~]*$/);
        expect(new Headers({ authorization: header }).get("authorization")).toBe(header);
      }),
    );
  });

  it("has no realm if there is none, and an empty one if it is empty", () => {
    expect(serializeAuthorizationHeader({})).toBe("OAuth");
    expect(serializeAuthorizationHeader({ realm: null, parameters: [] })).toBe("OAuth");
    expect(serializeAuthorizationHeader({ realm: "" })).toBe('OAuth realm=""');
  });

  it("has a realm that is quoted and not encoded", () => {
    expect(serializeAuthorizationHeader({ realm: 'a "b" \\ c\t%' })).toBe(
      'OAuth realm="a \\"b\\" \\\\ c\t%"',
    );
  });

  it("can be made from a generator of parameters", () => {
    function* parameters() {
      yield ["b c", '"'] as const;
    }
    expect(serializeAuthorizationHeader({ parameters: parameters() })).toBe('OAuth b%20c="%22"');
  });
});
