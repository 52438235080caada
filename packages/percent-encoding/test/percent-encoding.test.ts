import {
  normalizePercentEncoding,
  percentDecode,
  percentDecodeOctets,
  percentEncode,
  percentEncodeOctets,
} from "@oauth1/percent-encoding";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Every Unicode text, without lone surrogates. */
const text = fc.string({ unit: "binary" });
const octets = fc.uint8Array({ maxLength: 40 });

/** RFC 3986 §2.3. */
const UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

/** RFC 5849 §3.6, octet by octet. */
function encodedByTheLetter(octets: Iterable<number>): string {
  return Array.from(octets, (octet) => {
    const character = String.fromCharCode(octet);
    return UNRESERVED.includes(character)
      ? character
      : `%${octet.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}

describe("every octet and every code point", () => {
  const all = Uint8Array.from({ length: 256 }, (_, octet) => octet);

  it("percentEncodeOctets", () => {
    expect(percentEncodeOctets(all)).toBe(encodedByTheLetter(all));
  });

  it("is decoded by percentDecodeOctets, with hexadecimal digits in either case", () => {
    const escaped = Array.from(all, (octet) => `%${octet.toString(16).padStart(2, "0")}`).join("");
    expect(percentDecodeOctets(escaped)).toEqual(all);
    expect(percentDecodeOctets(escaped.toUpperCase())).toEqual(all);
  });

  it("is normalized, whatever stands next to its escape", () => {
    for (const octet of all) {
      const spelled = `%${octet.toString(16).padStart(2, "0")}`;
      const expected = encodedByTheLetter([octet]);
      for (const spelling of [spelled, spelled.toUpperCase()]) {
        expect(normalizePercentEncoding(spelling, { plus: "literal" })).toBe(expected);
        expect(normalizePercentEncoding(`${spelling} `, { plus: "literal" })).toBe(
          `${expected}%20`,
        );
      }
    }
  });

  it("is encoded and decoded at the limits of one to four octets (RFC 3629 §3)", () => {
    for (const codePoint of [
      0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff,
    ]) {
      const character = String.fromCodePoint(codePoint);
      const encoded = encodedByTheLetter(Buffer.from(character, "utf8"));
      expect(percentEncode(character)).toBe(encoded);
      expect(percentDecode(encoded)).toBe(character);
      expect(percentDecode(encoded.toLowerCase())).toBe(character);
    }
  });

  it("is encoded by percentEncode and decoded by percentDecode", () => {
    const wrong: number[] = [];
    for (let codePoint = 0; codePoint <= 0x10ffff && wrong.length < 10; codePoint++) {
      if (codePoint >= 0xd800 && codePoint <= 0xdfff) continue;
      const character = String.fromCodePoint(codePoint);
      const encoded = encodedByTheLetter(Buffer.from(character, "utf8"));
      if (percentEncode(character) !== encoded || percentDecode(encoded) !== character) {
        wrong.push(codePoint);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe("octets of text", () => {
  it("are UTF-8", () => {
    fc.assert(
      fc.property(text, (text) => {
        const utf8 = new TextEncoder().encode(text);
        expect(percentEncodeOctets(utf8)).toBe(percentEncode(text));
        expect(percentDecodeOctets(percentEncode(text))).toEqual(utf8);
      }),
    );
  });

  it("are UTF-8 if the text is not escaped", () => {
    fc.assert(
      fc.property(text, (text) => {
        const raw = text.replaceAll("%", "");
        expect(percentDecodeOctets(raw)).toEqual(new TextEncoder().encode(raw));
        expect(normalizePercentEncoding(raw, { plus: "literal" })).toBe(
          encodedByTheLetter(Buffer.from(raw, "utf8")),
        );
      }),
    );
  });

  it("can be other than text", () => {
    fc.assert(
      fc.property(octets, (octets) => {
        expect(percentDecodeOctets(percentEncodeOctets(octets))).toEqual(octets);
      }),
    );
  });

  it("can be a Buffer and a view into a larger buffer", () => {
    expect(percentEncodeOctets(Buffer.from("a☃"))).toBe("a%E2%98%83");
    expect(percentEncodeOctets(new Uint8Array([1, 0x61, 0xff, 2]).subarray(1, 3))).toBe("a%FF");
  });
});

describe("text that looks encoded", () => {
  it("is encoded again", () => {
    // RFC 5849 §3.6: a percent sign is not unreserved.
    expect(percentEncode("%25")).toBe("%2525");
    expect(percentEncode("%E2%98%83")).toBe("%25E2%2598%2583");
  });
});

describe("long text", () => {
  // The module writes into an array of limited length.
  it("is encoded whole, wherever a part of it ends", () => {
    for (const [character, encoded] of [
      ["a", "a"],
      [" ", "%20"],
      ["☃", "%E2%98%83"],
      ["😀", "%F0%9F%98%80"],
    ] as const) {
      for (let before = 0; before < 13; before++) {
        const start = "-".repeat(before);
        expect(percentEncode(start + character.repeat(1100))).toBe(start + encoded.repeat(1100));
      }
    }
  });
});

describe("a plus", () => {
  it("stays a plus in the decoders", () => {
    expect(percentDecode("a+b")).toBe("a+b");
    expect(percentDecodeOctets("+")).toEqual(new Uint8Array([0x2b]));
  });

  it("is normalized according to the option, and an escaped plus is always a plus", () => {
    expect(normalizePercentEncoding("+%2b%20", { plus: "space" })).toBe("%20%2B%20");
    expect(normalizePercentEncoding("+%2b%20", { plus: "literal" })).toBe("%2B%2B%20");
    expect(normalizePercentEncoding("+", { plus: "space" })).toBe("%20");
    expect(normalizePercentEncoding("+", { plus: "literal" })).toBe("%2B");
  });

  it("is normalized according to the option next to octets that are not UTF-8", () => {
    expect(normalizePercentEncoding("%ff+%e2%98%83☃", { plus: "space" })).toBe(
      "%FF%20%E2%98%83%E2%98%83",
    );
    expect(normalizePercentEncoding("%ff+", { plus: "literal" })).toBe("%FF%2B");
  });
});
