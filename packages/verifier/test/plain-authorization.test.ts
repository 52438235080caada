import { parseAuthorizationHeader, serializeAuthorizationHeader } from "@oauth1/auth-header";
import { percentEncode } from "@oauth1/percent-encoding";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPlainAuthorization } from "../src/plain-authorization.js";

/** What the general parser makes of a header field, in the plain reader's form. */
function asParsed(header: string) {
  const { realm, parameters } = parseAuthorizationHeader(header);
  const encoded = parameters.map(([name, value]) => ({
    encodedName: percentEncode(name),
    encodedValue: percentEncode(value),
  }));
  return { realm, parameters, byName: new Map(parameters), encoded };
}

const plain = fc.constantFrom("a", "Z", "9", "-", "._~", "%20", "%2F", "%3D", "%5B", "oauth_nonce");
const odd = fc.constantFrom(
  ...'%=,"\\ \t+/:é☃'.split(""),
  ...["%2f", "%2D", "%7E", "%41", "%00", "%C3%A9", "%ff", '="', '", ', "realm", "Realm", "OAuth "],
);
const piece = fc.oneof({ weight: 60, arbitrary: plain }, { weight: 1, arbitrary: odd });
const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(""));
const element = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(plain, text, text)
      .map(([first, name, value]) => `${first + name}="${value}"`),
  },
  text,
);
const header = fc
  .tuple(
    fc.constantFrom("OAuth ", "OAuth ", "OAuth ", "oauth ", "OAuth  ", "OAuth", " OAuth "),
    fc.array(fc.tuple(element, fc.constantFrom(", ", ", ", ",", ",", ",  ", " , ")), {
      maxLength: 5,
    }),
    fc.constantFrom("", "", "", ",", " "),
  )
  .map(([scheme, elements, end]) => {
    const list = elements.map(([one, separator], index) =>
      index + 1 < elements.length ? one + separator : one,
    );
    return scheme + list.join("") + end;
  });

describe("the plain reader", () => {
  it("gives what the parser gives, or nothing, for any header field", () => {
    let read = 0;
    fc.assert(
      fc.property(header, (field) => {
        const result = readPlainAuthorization(field);
        if (result === undefined) return;
        read++;
        expect(result).toEqual(asParsed(field));
      }),
      { numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(100);
  });

  it("reads what a serializer writes of ASCII parameters", () => {
    const ascii = fc.string({ unit: "grapheme-ascii" });
    fc.assert(
      fc.property(
        fc.dictionary(
          ascii.filter((name) => name !== ""),
          ascii,
        ),
        (values) => {
          const parameters = Object.entries(values).filter(([name]) => !/^realm$/i.test(name));
          fc.pre(parameters.length > 0);
          const field = serializeAuthorizationHeader({ realm: "Photos", parameters });
          const isPlain = parameters.every(([name]) => percentEncode(name) === name);
          expect(readPlainAuthorization(field)).toEqual(isPlain ? asParsed(field) : undefined);
        },
      ),
    );
  });

  it.each([
    ["a name twice", 'OAuth a="1", a="2"'],
    ["two realms", 'OAuth realm="a", Realm="b"'],
    ["a realm with an escape, which is none there", 'OAuth realm="a%20b"'],
    ["an escape of an unreserved character", 'OAuth a="%7E"'],
    ["an escape in lower case", 'OAuth a="%2f"'],
    ["a value without quotes", "OAuth a=1"],
    ["no parameter", "OAuth "],
    ["another scheme", 'Basic a="1"'],
  ])("leaves %s to the parser", (_, field) => {
    expect(readPlainAuthorization(field)).toBeUndefined();
  });

  it("takes a time that grows with the length alone", () => {
    const field = `OAuth ${'a="%20",'.repeat(100_000)}`;
    expect(readPlainAuthorization(field)).toBeUndefined();
  });
});
