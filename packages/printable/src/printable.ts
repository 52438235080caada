/**
 * Escapes untrusted text for display in a terminal. Every command of this project prints its input
 * with one of these functions.
 *
 * @module
 */

/**
 * Matches control characters except line feed and tab, bidirectional controls and lone surrogates.
 */
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\p{Surrogate}]/gu;

/** The page of the documentation that describes every error code of this project. */
const ERRORS = "https://oauth1.github.io/oauth1/errors";

/**
 * Escapes untrusted text for display in a terminal. Characters that could move the cursor, change
 * colours, change the window title or reorder the terminal's lines become `\u{…}`: the control
 * characters of C0 (except line feed and tab) and C1, DEL, the bidirectional controls and lone
 * surrogates.
 *
 * @param text - Untrusted text, without your own colour sequences. Add those afterwards.
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
 * Like {@link printable}, for text within a line: it cannot end that line or forge the next one.
 *
 * @param text - Untrusted text.
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
 * Returns what a command prints on standard error for an error: a line with the message and, for an
 * error with a code other than `ERR_USAGE`, a line with the address of the code's description.
 *
 * @param command - The name of the command.
 * @param message - Untrusted text.
 * @param code - The error's `code`, such as `ERR_KEY_FORM`.
 * @throws TypeError if the command or the message is not a string.
 *
 * @example
 * ```ts
 * printableError("oauth1", "the key must be an RSA key", "ERR_KEY_NOT_RSA");
 * // "oauth1: the key must be an RSA key\n  https://oauth1.github.io/oauth1/errors#err-key-not-rsa\n"
 * printableError("oauth1", "unknown option '--a\nb'"); // "oauth1: unknown option '--a\\u{a}b'\n"
 * ```
 */
export function printableError(command: string, message: string, code?: string): string {
  requireText("printableError", command);
  requireText("printableError", message);
  const line = `${printableLine(command)}: ${printableLine(message)}\n`;
  // For wrong usage, the message and --help are enough.
  if (code === undefined || code === "ERR_USAGE" || !/^ERR_[A-Z0-9_]+$/.test(code)) return line;
  return `${line}  ${ERRORS}#${code.toLowerCase().replaceAll("_", "-")}\n`;
}

/**
 * Returns JSON for display in a terminal, with the same meaning: the characters that
 * {@link printable} escapes are written as `\uXXXX`.
 *
 * @param value - Any value that JSON can represent.
 * @param indent - Spaces of indentation. Default: 0.
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
  // JSON.stringify has escaped the line feeds and tabs of strings. The remaining ones are
  // indentation.
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
