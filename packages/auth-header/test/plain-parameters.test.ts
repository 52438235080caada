import { parseAuthorizationHeader, serializeAuthorizationHeader } from "@oauth1/auth-header";
import { parseToVerify } from "@oauth1/auth-header/to-verify";
import { percentEncode } from "@oauth1/percent-encoding";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAnyHeader } from "../src/parse-authorization-header.js";
import { parsePlainParameters } from "../src/parse-plain-parameters.js";

const plain = fc.constantFrom(
  "a",
  "Z",
  "9",
  "-",
  "._~",
  "%20",
  "%2F",
  "%3D",
  "%5B",
  "oauth_nonce",
  "oauth_signature",
);
const odd = fc.constantFrom(
  ...'%=,"\\ \t+/:é☃'.split(""),
  ...[
    "%2f",
    "%2D",
    "%7E",
    "%41",
    "%00",
    "%C3%A9",
    "%ff",
    "%4",
    "%zz",
    '="',
    '", ',
    "realm",
    "Realm",
    "OAuth ",
  ],
);
const piece = fc.oneof({ weight: 300, arbitrary: plain }, { weight: 1, arbitrary: odd });
const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(""));
const element = fc.oneof(
  {
    weight: 40,
    arbitrary: fc
      .tuple(
        fc.oneof(
          { weight: 9, arbitrary: fc.stringMatching(/^[\w.~-]{1,9}$/) },
          { weight: 1, arbitrary: fc.constant("oauth_signature") },
        ),
        text,
      )
      .map(([name, value]) => `${name}="${value}"`),
  },
  text,
);
const header = fc
  .tuple(
    mostly("OAuth ", "oauth ", "OAuth  ", "OAuth", " OAuth "),
    fc.array(fc.tuple(element, mostly(", ", ",", ",  ", " , ")), { minLength: 1, maxLength: 5 }),
    mostly("", ",", " "),
  )
  .map(([scheme, elements, end]) => {
    const list = elements.map(([one, separator], index) =>
      index + 1 < elements.length ? one + separator : one,
    );
    return scheme + list.join("") + end;
  });

/** Generates the first value in nine cases of ten. */
function mostly(usual: string, ...unusual: string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 9, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...unusual) },
  );
}

/** Returns the result, or the class, code and index of the error. */
function outcome(parse: () => unknown): unknown {
  try {
    return parse();
  } catch (error) {
    const { name, code, index } = error as Error & { code: string; index: number };
    return { name, code, index };
  }
}

describe("the fast path for plain headers", () => {
  it("returns the same as the general parser, or undefined, for any header", () => {
    let tried = 0;
    let parsed = 0;
    fc.assert(
      fc.property(header, (header) => {
        tried++;
        const fast = parsePlainParameters(header);
        if (fast !== undefined) {
          parsed++;
          expect(fast).toEqual(parseAnyHeader(header));
        }
        expect(outcome(() => parseAuthorizationHeader(header))).toEqual(
          outcome(() => parseAnyHeader(header)),
        );
      }),
      { numRuns: 10_000 },
    );
    expect(parsed).toBeGreaterThan(tried / 10);
  });

  it("returns the signed parameters as encoding them again returns them, for any header", () => {
    let tried = 0;
    let plain = 0;
    fc.assert(
      fc.property(header, (header) => {
        tried++;
        const expected = outcome(() => {
          const { realm, parameters } = parseAnyHeader(header);
          const signed = parameters.filter(([name]) => name !== "oauth_signature");
          return {
            realm,
            parameters,
            signed: signed.map(([name, value]) => ({
              encodedName: percentEncode(name),
              encodedValue: percentEncode(value),
            })),
          };
        });
        expect(outcome(() => parseToVerify(header))).toEqual(expected);
        if (parsePlainParameters(header) !== undefined) plain++;
      }),
      { numRuns: 10_000 },
    );
    expect(plain).toBeGreaterThan(tried / 10);
  });

  it("parses the output of serializeAuthorizationHeader for names of unreserved characters", () => {
    const name = fc.stringMatching(/^[\w.~-]{1,12}$/).filter((name) => !/^realm$/i.test(name));
    fc.assert(
      fc.property(fc.dictionary(name, fc.string({ unit: "binary" })), (values) => {
        const parameters = Object.entries(values);
        fc.pre(parameters.length > 0 && parameters.length <= 16);
        const header = serializeAuthorizationHeader({ realm: "Photos", parameters });
        expect(parsePlainParameters(header)).toEqual({ realm: "Photos", parameters });
      }),
    );
  });

  it.each([
    [
      "the realm and escapes",
      'OAuth realm="Photos", oauth_nonce="wIjqoS%3D", oauth_token="a.b"',
      { realm: "Photos", oauth_nonce: "wIjqoS=", oauth_token: "a.b" },
    ],
    ["no space after a comma", 'OAuth a="12",b="34",c=""', { a: "12", b: "34", c: "" }],
    ["a name as long as that of the realm", 'OAuth title="12"', { title: "12" }],
  ])("parses a header with %s", (_, header, { realm, ...values }: Record<string, string>) => {
    expect(parsePlainParameters(header)).toEqual({ realm, parameters: Object.entries(values) });
  });

  it.each([
    ["a duplicate name", 'OAuth a="1", a="2"'],
    ["two realms", 'OAuth realm="a", Realm="b"'],
    ["a name with an escape", 'OAuth oauth%5Fnonce="1"'],
    ["a malformed escape", 'OAuth a="%4"'],
    ["escaped octets that are not UTF-8", 'OAuth a="%ff"'],
    ["a value without quotes", "OAuth a=1"],
    ["a space before a comma", 'OAuth a="1" , b="2"'],
    ["a quoted-pair", 'OAuth realm="a\\"b"'],
    ["no parameter", "OAuth "],
    ["another scheme", 'Basic a="1"'],
    ["another scheme before", 'Basic OAuth a="1"'],
  ])("leaves %s to the general parser", (_, header) => {
    expect(parsePlainParameters(header)).toBeUndefined();
  });

  it("leaves more than 16 parameters to the general parser, whose work is linear", () => {
    const names = Array.from({ length: 17 }, (_, index) => `a${index}`);
    const header = (count: number) =>
      `OAuth ${names
        .slice(0, count)
        .map((name) => `${name}="1"`)
        .join(", ")}`;
    expect(parsePlainParameters(header(16))?.parameters).toHaveLength(16);
    expect(parsePlainParameters(header(17))).toBeUndefined();
    expect(parseAuthorizationHeader(header(17)).parameters).toHaveLength(17);
  });

  it("does not backtrack over a long header with a malformed end", () => {
    expect(parsePlainParameters(`OAuth ${'a="%20",'.repeat(100_000)}`)).toBeUndefined();
    expect(parsePlainParameters(`OAuth a="${percentEncode(" ").repeat(300_000)}`)).toBeUndefined();
  });
});
