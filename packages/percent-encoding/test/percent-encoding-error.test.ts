import {
  normalizePercentEncoding,
  PercentEncodingError,
  type PercentEncodingErrorCode,
  percentDecode,
  percentDecodeOctets,
  percentEncode,
} from "@oauth1/percent-encoding";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";

type Decode = (encoded: string) => unknown;
const decoders: Record<string, Decode> = {
  percentDecode,
  percentDecodeOctets,
  "normalizePercentEncoding, plus: space": (encoded) =>
    normalizePercentEncoding(encoded, { plus: "space" }),
  "normalizePercentEncoding, plus: literal": (encoded) =>
    normalizePercentEncoding(encoded, { plus: "literal" }),
};

function errorOf(run: () => unknown): PercentEncodingError {
  try {
    run();
  } catch (error) {
    if (error instanceof PercentEncodingError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

/** Ordinary characters, without `%`. */
const raw = fc.string({ unit: "binary" }).map((text) => text.replaceAll("%", ""));
/** Raw characters and complete escapes of UTF-8 text. */
const encoded = fc
  .array(fc.oneof(raw, fc.constantFrom("%41", "%e2%98%83", "%F0%9F%98%80", "+")))
  .map((pieces) => pieces.join(""));
const loneSurrogate = fc
  .integer({ min: 0xd800, max: 0xdfff })
  .map((unit) => String.fromCharCode(unit));
/** A `%` that is not followed by two hexadecimal digits, whatever follows the last character. */
const brokenEscape = fc.constantFrom("%z", "%4z", "% 41", "%%41", "%é", "%-1", "%0x41", "%u2603");

describe("a broken escape", () => {
  for (const [name, decode] of Object.entries(decoders)) {
    it(`is reported at its position: ${name}`, () => {
      fc.assert(
        fc.property(encoded, brokenEscape, encoded, (before, broken, after) => {
          const { code, index } = errorOf(() => decode(before + broken + after));
          expect([code, index]).toEqual(["ERR_BROKEN_ESCAPE", before.length]);
        }),
      );
    });

    it(`is reported at the end: ${name}`, () => {
      fc.assert(
        fc.property(encoded, fc.constantFrom("%", "%4", "%f"), (before, broken) => {
          const { code, index } = errorOf(() => decode(before + broken));
          expect([code, index]).toEqual(["ERR_BROKEN_ESCAPE", before.length]);
        }),
      );
    });

    it(`is reported if a character next to the hexadecimal digits in ASCII follows: ${name}`, () => {
      for (const character of "/:@G`g") {
        for (const broken of [
          `%${character}0`,
          ..."0238F".split("").map((digit) => `%${digit}${character}`),
        ]) {
          const { code, index } = errorOf(() => decode(`a${broken}`));
          expect([code, index], broken).toEqual(["ERR_BROKEN_ESCAPE", 1]);
        }
      }
    });

    it(`is reported among octets that are not UTF-8: ${name}`, () => {
      expect(errorOf(() => decode("%ff%4"))).toMatchObject({ code: "ERR_BROKEN_ESCAPE", index: 3 });
    });
  }
});

describe("a lone surrogate", () => {
  for (const [name, take] of Object.entries({ percentEncode, ...decoders })) {
    it(`is reported at its position: ${name}`, () => {
      fc.assert(
        fc.property(raw, loneSurrogate, raw, (before, surrogate, after) => {
          const { code, index } = errorOf(() => take(`${before}a${surrogate}a${after}`));
          expect([code, index]).toEqual(["ERR_LONE_SURROGATE", before.length + 1]);
        }),
      );
    });

    it(`is distinguished from half of a pair: ${name}`, () => {
      expect(() => take("😀")).not.toThrow();
      const wrongOrder = errorOf(() => take("😀\ude00\ud83d"));
      expect([wrongOrder.code, wrongOrder.index]).toEqual(["ERR_LONE_SURROGATE", 2]);
      expect(errorOf(() => take("\ud83d😀")).index).toBe(0);
    });
  }

  it("is reported if it is the whole text", () => {
    for (const take of [percentEncode, ...Object.values(decoders)]) {
      expect(errorOf(() => take("\udbff"))).toMatchObject({ code: "ERR_LONE_SURROGATE", index: 0 });
    }
  });

  it("is reported among octets that are not UTF-8", () => {
    for (const decode of Object.values(decoders)) {
      expect(errorOf(() => decode("%ff\ud800"))).toMatchObject({
        code: "ERR_LONE_SURROGATE",
        index: 3,
      });
    }
  });
});

describe("octets that are not UTF-8", () => {
  /** A raw character or the escape of one octet, and the octets that it means. */
  const piece = fc.oneof(
    fc.integer({ min: 0, max: 0xff }).map((octet) => ({
      spelled: `%${octet.toString(16).padStart(2, "0")}`,
      octets: [octet],
    })),
    // Octets that begin or continue a character, so that many sequences are nearly well-formed.
    fc
      .constantFrom(0xe2, 0x98, 0x83, 0xf0, 0x9f, 0x80, 0xc3, 0xed, 0xa0, 0xbf, 0xc0, 0xf4)
      .map((octet) => ({ spelled: `%${octet.toString(16)}`, octets: [octet] })),
    fc.constantFrom("a", "+", "é", "☃", "😀").map((character) => ({
      spelled: character,
      octets: [...new TextEncoder().encode(character)],
    })),
  );

  function strictly(octets: readonly number[]): string | undefined {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
        Uint8Array.from(octets),
      );
    } catch {
      return undefined;
    }
  }

  it("are reported at the end of the longest prefix that is UTF-8", () => {
    let tried = 0;
    let rejected = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        tried++;
        const spelled = pieces.map((piece) => piece.spelled).join("");
        const decoded = strictly(pieces.flatMap((piece) => piece.octets));
        if (decoded !== undefined) {
          expect(percentDecode(spelled)).toBe(decoded);
          return;
        }
        let whole = pieces.length;
        while (strictly(pieces.slice(0, whole).flatMap((piece) => piece.octets)) === undefined) {
          whole--;
        }
        const { code, index } = errorOf(() => percentDecode(spelled));
        const prefix = pieces
          .slice(0, whole)
          .map((piece) => piece.spelled)
          .join("");
        expect([code, index]).toEqual(["ERR_INVALID_UTF8", prefix.length]);
        rejected++;
      }),
      { numRuns: 2000 },
    );
    expect(rejected).toBeGreaterThan(tried / 20);
  });

  // RFC 3629 §3 and §4.
  it.each([
    ["a continuation octet alone", "%80"],
    ["a sequence cut off by the end", "%E2%98"],
    ["a sequence cut off by a raw character", "%E2%98a"],
    ["an overlong form", "%C0%AF"],
    ["an overlong form of three octets", "%E0%80%AF"],
    ["a surrogate", "%ED%A0%80"],
    ["beyond U+10FFFF", "%F4%90%80%80"],
    ["an octet that UTF-8 never has", "%FE"],
  ])("are rejected: %s", (_, encoded) => {
    expect(errorOf(() => percentDecode(`%41☃${encoded}`))).toMatchObject({
      code: "ERR_INVALID_UTF8",
      index: 4,
    });
  });

  it("are not an error if the result is octets", () => {
    expect(percentDecodeOctets("%ed%a0%80")).toEqual(new Uint8Array([0xed, 0xa0, 0x80]));
    expect(normalizePercentEncoding("%c0%af", { plus: "literal" })).toBe("%C0%AF");
  });
});

describe("the error", () => {
  it("is an Error with a name, a code and an index", () => {
    const error = errorOf(() => percentDecode("a%"));
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe("PercentEncodingError");
    expectTypeOf(error.code).toEqualTypeOf<PercentEncodingErrorCode>();
    expectTypeOf(error.index).toEqualTypeOf<number>();
  });

  it.each([
    [
      "percentEncode: lone surrogate at index 1; use well-formed text",
      () => percentEncode("a\ud800"),
    ],
    [
      "percentDecode: malformed escape at index 3; write % itself as %25",
      () => percentDecode("100%"),
    ],
    [
      "percentDecode: invalid UTF-8 at index 3; decode to octets instead",
      () => percentDecode("caf%E9"),
    ],
    [
      "percentDecodeOctets: malformed escape at index 0; write % itself as %25",
      () => percentDecodeOctets("%"),
    ],
    [
      "normalizePercentEncoding: malformed escape at index 0; write % itself as %25",
      () => normalizePercentEncoding("%", { plus: "space" }),
    ],
    [
      "percentDecode: the argument must be a string",
      () => percentDecode(undefined as unknown as string),
    ],
  ])("says what is wrong, where, and what to do: %s", (message, run) => {
    expect(run).toThrow(expect.objectContaining({ message }));
  });

  it("does not contain a part of the input", () => {
    const secret = "kd94hf93k423kf44";
    for (const broken of [`${secret}%zq${secret}`, `${secret}%ff${secret}`, `${secret}\ud800`]) {
      const error = errorOf(() => percentDecode(broken));
      expect(error.message).toContain(`at index ${secret.length}`);
      const told = `${error.message} ${error} ${JSON.stringify(error)} ${Object.values(error)}`;
      expect(told).not.toContain(secret);
      expect(told).not.toMatch(/%zq|%ff|\ud800/);
      expect(error.cause).toBeUndefined();
    }
  });
});

describe("an argument that is not a string", () => {
  const values = [undefined, null, 7, true, {}, ["a"], new Uint8Array([0x61])];
  for (const [name, take] of Object.entries({ percentEncode, ...decoders })) {
    it(`throws a TypeError: ${name}`, () => {
      for (const value of values) expect(() => take(value as string)).toThrow(TypeError);
    });
  }

  it("does not type-check", () => {
    expectTypeOf(percentEncode).parameters.toEqualTypeOf<[string]>();
    expectTypeOf(percentDecodeOctets).returns.toEqualTypeOf<Uint8Array>();
    // @ts-expect-error: the meaning of a plus is required.
    expect(() => normalizePercentEncoding("+ ")).toThrow(TypeError);
  });
});

describe("long text", () => {
  it("can have 1,000,000 characters", () => {
    const long = "%41".repeat(1_000_000);
    expect(percentDecode(long)).toBe("A".repeat(1_000_000));
    expect(percentDecodeOctets(long)).toHaveLength(1_000_000);
    expect(percentEncode("☃".repeat(1_000_000))).toHaveLength(9_000_000);
    expect(normalizePercentEncoding(long, { plus: "space" })).toHaveLength(1_000_000);
    expect(errorOf(() => percentDecode(`${long}%`)).index).toBe(3_000_000);
    expect(errorOf(() => percentDecode(`${long}%ff`)).index).toBe(3_000_000);
  });
});
