/**
 * Text from elsewhere as a terminal may show it. Every command of this project prints what it was given
 * by one of these.
 *
 * @module
 */

/** Controls but line feed and tab, direction marks and overrides, and halves of surrogate pairs. */
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\p{Surrogate}]/gu;

/**
 * Text from elsewhere as a terminal may show it: what could move the cursor, recolour, retitle or
 * reorder the terminal's lines is escaped as `\u{…}`. Escaped are the control characters of C0
 * (without line feed and tab) and C1, DEL, the bidirectional controls and lone surrogates.
 *
 * @param text - Text from elsewhere, without colour sequences of your own: add those afterwards.
 * @returns The text with each such character replaced by its code point in hexadecimal.
 * @throws TypeError if the text is not a string.
 *
 * @example
 * ```ts
 * printable("caf\u00e9\u001b[31m\t\u202etxt\n"); // "café\\u{1b}[31m\t\\u{202e}txt\n"
 * ```
 */
export function printable(text: string): string {
  requireText("printable", text);
  return text.replace(UNPRINTABLE, escaped);
}

/**
 * The same for text that stands within a line: it cannot end that line, nor forge the next one.
 *
 * @param text - Text from elsewhere.
 * @throws TypeError if the text is not a string.
 *
 * @example
 * ```ts
 * printableLine("a\nb"); // "a\\u{a}b"
 * ```
 */
export function printableLine(text: string): string {
  requireText("printableLine", text);
  return printable(text).replace(/[\n\t\u2028\u2029]/g, escaped);
}

/**
 * JSON that a terminal may show, and that means the same: the characters that {@link printable}
 * escapes stand as `\uXXXX`.
 *
 * @param value - Whatever JSON can hold.
 * @param indent - Spaces of indentation: none by default.
 * @throws TypeError if the indentation is not a whole number.
 *
 * @example
 * ```ts
 * printableJson({ a: "\u009b" }); // '{"a":"\\u009b"}'
 * ```
 */
export function printableJson(value: unknown, indent = 0): string {
  if (!Number.isSafeInteger(indent)) {
    throw new TypeError("printableJson(): indent must be a whole number");
  }
  // JSON.stringify has escaped the line feeds and tabs of texts: what is left of them is its own.
  return (JSON.stringify(value, undefined, indent) ?? "null").replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function escaped(character: string): string {
  return `\\u{${character.charCodeAt(0).toString(16)}}`;
}

function requireText(call: string, text: unknown): void {
  if (typeof text !== "string") throw new TypeError(`${call}(): text must be a string`);
}
