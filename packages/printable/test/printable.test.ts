import { printable, printableError, printableJson, printableLine } from "@oauth1/printable";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Every code point that can affect a terminal, listed by number as in Unicode's charts. */
const acting = new Set([
  ...range(0x00, 0x08),
  ...range(0x0b, 0x1f),
  ...range(0x7f, 0x9f),
  0x061c,
  0x200e,
  0x200f,
  ...range(0x202a, 0x202e),
  ...range(0x2066, 0x2069),
]);

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

describe("printable", () => {
  it("escapes exactly the control characters, bidirectional controls and lone surrogates", () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      const text = String.fromCodePoint(code);
      const isLone = code >= 0xd800 && code <= 0xdfff;
      const wanted = acting.has(code) || isLone ? `\\u{${code.toString(16)}}` : text;
      if (printable(text) !== wanted) expect([code, printable(text)]).toEqual([code, wanted]);
    }
  });

  it("keeps surrogate pairs, and escapes every character that needs it", () => {
    expect(printable("😀\ud83d😀")).toBe("😀\\u{d83d}😀");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(printable(printable(text))).toBe(printable(text));
      }),
    );
  });

  it.each([[undefined], [5], [Buffer.from("a")]])("rejects %s, which is not a string", (wrong) => {
    expect(() => printable(wrong as never)).toThrow("printable(): text must be a string");
  });
});

describe("printableLine", () => {
  it("prevents a text from ending its line or forging the next column", () => {
    expect(printableLine("a\nb\tc\u2028d\u2029e\u001bf")).toBe(
      "a\\u{a}b\\u{9}c\\u{2028}d\\u{2029}e\\u{1b}f",
    );
  });

  it.each([[undefined], [5]])("rejects %s, which is not a string", (wrong) => {
    expect(() => printableLine(wrong as never)).toThrow("printableLine(): text must be a string");
  });
});

describe("printableError", () => {
  it("adds the address of the code's description in a second line", () => {
    expect(printableError("oauth1", "a\n\u001b", "ERR_KEY_FORM")).toBe(
      "oauth1: a\\u{a}\\u{1b}\n  https://oauth1.github.io/oauth1/errors#err-key-form\n",
    );
  });

  it.each([[undefined], ["ERR_USAGE"], ["ENOENT"], ["ERR_\n"], ["err_key"]])(
    "prints only the message for the code %j",
    (code) => {
      expect(printableError("oauth1", "a", code)).toBe("oauth1: a\n");
    },
  );

  it("rejects a message that is not a string", () => {
    expect(() => printableError("oauth1", 5 as never)).toThrow(
      "printableError(): text must be a string",
    );
  });
});

describe("printableJson", () => {
  it("has the same meaning as the value, and does not affect the terminal", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: "binary" }), (value, text) => {
        const json = printableJson({ value, text }, 2);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ value, text })));
        expect(printable(json)).toBe(json);
      }),
    );
  });

  it.each(["x", 1.5, Number.NaN, null])("rejects an indentation of %s", (wrong) => {
    expect(() => printableJson({}, wrong as never)).toThrow(
      "printableJson(): indent must be a whole number",
    );
  });
});
