/**
 * Percent-encoding as OAuth 1.0 wants it: RFC 5849 §3.6.
 *
 * Text becomes octets by UTF-8. The unreserved characters of RFC 3986 §2.3 (`A-Z a-z 0-9 - . _ ~`)
 * stay as they are, and every other octet becomes `%` and two upper-case hexadecimal digits.
 * Nothing else is left alone (`encodeURIComponent` leaves `! ' ( ) *`), and a space is `%20`, never
 * a plus.
 *
 * This file imports nothing and can be copied into any project as it is.
 *
 * @module
 */

/** What is wrong with the argument of one of these functions. */
export type PercentEncodingErrorCode =
  /** A UTF-16 surrogate without its partner: no Unicode text, so it has no UTF-8 octets. */
  | "ERR_LONE_SURROGATE"
  /** A `%` that two hexadecimal digits do not follow. */
  | "ERR_BROKEN_ESCAPE"
  /** Escaped octets that are not UTF-8. */
  | "ERR_INVALID_UTF8";

/**
 * Thrown for text that cannot be encoded or decoded. The message holds neither the text nor a part
 * of it, since what is encoded here may be a secret.
 */
export class PercentEncodingError extends Error {
  override readonly name = "PercentEncodingError";
  /** What is wrong. Stable, to switch on. */
  readonly code: PercentEncodingErrorCode;
  /** Where: index of the first wrong UTF-16 code unit in the argument. */
  readonly index: number;

  constructor(code: PercentEncodingErrorCode, index: number) {
    super(
      `${
        code === "ERR_LONE_SURROGATE"
          ? "lone surrogate"
          : code === "ERR_BROKEN_ESCAPE"
            ? "% without two hexadecimal digits"
            : "octets that are not UTF-8"
      } at index ${index}`,
    );
    this.code = code;
    this.index = index;
  }
}

/**
 * Encodes text.
 *
 * @param text - Decoded text. Encoding what is encoded already encodes its `%` again.
 * @returns The encoded text: unreserved characters and upper-case escapes only.
 * @throws {@link PercentEncodingError} `ERR_LONE_SURROGATE` where the text is not Unicode text.
 * @throws TypeError when the argument is not a string.
 * @see RFC 5849 §3.6
 *
 * @example
 * ```ts
 * percentEncode("Ladies + Gentlemen"); // "Ladies%20%2B%20Gentlemen"
 * percentEncode("☃"); // "%E2%98%83"
 * ```
 */
export function percentEncode(text: string): string {
  if (UNRESERVED_ONLY.test(requireString(text))) return text;
  try {
    // encodeURIComponent (ECMA-262 §19.2.6.4) leaves five characters that RFC 5849 §3.6 encodes.
    const encoded = encodeURIComponent(text);
    return LEFT_BY_ENCODE_URI_COMPONENT.test(encoded)
      ? encoded.replace(/[!'()*]/g, (character) => encodeOctet(character.charCodeAt(0)))
      : encoded;
  } catch {
    throw new PercentEncodingError("ERR_LONE_SURROGATE", text.search(LONE_SURROGATE));
  }
}

/**
 * Encodes octets, which need not be text.
 *
 * @param octets - Any octets.
 * @returns The encoded octets: unreserved characters and upper-case escapes only.
 * @see RFC 5849 §3.6
 *
 * @example
 * ```ts
 * percentEncodeOctets(new Uint8Array([0x61, 0xff, 0x20])); // "a%FF%20"
 * ```
 */
export function percentEncodeOctets(octets: Uint8Array): string {
  let encoded = "";
  for (const octet of octets) encoded += encodeOctet(octet);
  return encoded;
}

/**
 * Decodes to text. Only escapes are decoded (hexadecimal digits in either case); every other
 * character stands for itself, a plus too.
 *
 * @param encoded - Encoded text.
 * @returns The decoded text.
 * @throws {@link PercentEncodingError} `ERR_BROKEN_ESCAPE`, `ERR_INVALID_UTF8` or
 * `ERR_LONE_SURROGATE`.
 * @throws TypeError when the argument is not a string.
 * @see RFC 5849 §3.6
 *
 * @example
 * ```ts
 * percentDecode("Ladies%20%2b%20Gentlemen"); // "Ladies + Gentlemen"
 * percentDecode("a+b"); // "a+b"
 * ```
 */
export function percentDecode(encoded: string): string {
  refuseMalformed(encoded);
  try {
    return decodeURIComponent(encoded);
  } catch {
    // The escapes are whole, so the octets are not UTF-8: find the first character that is not.
    let index = 0;
    for (;;) {
      const octet =
        encoded[index] === "%" ? Number.parseInt(encoded.slice(index + 1, index + 3), 16) : 0;
      const length = octet < 0x80 ? 1 : octet < 0xe0 ? 2 : octet < 0xf0 ? 3 : 4;
      const end = index + (encoded[index] === "%" ? 3 * length : 1);
      try {
        decodeURIComponent(encoded.slice(index, end));
      } catch {
        throw new PercentEncodingError("ERR_INVALID_UTF8", index);
      }
      index = end;
    }
  }
}

/**
 * Decodes to octets, which need not be text. Characters outside ASCII that are not escaped stand
 * for their UTF-8 octets.
 *
 * @param encoded - Encoded text.
 * @returns The decoded octets.
 * @throws {@link PercentEncodingError} `ERR_BROKEN_ESCAPE` or `ERR_LONE_SURROGATE`.
 * @throws TypeError when the argument is not a string.
 * @see RFC 5849 §3.6
 *
 * @example
 * ```ts
 * percentDecodeOctets("a%FF"); // new Uint8Array([0x61, 0xff])
 * ```
 */
export function percentDecodeOctets(encoded: string): Uint8Array {
  const octets = normalizePercentEncoding(encoded, { plus: "literal" }).match(/%..|./g) ?? [];
  return Uint8Array.from(octets, (octet) =>
    octet.length === 1 ? octet.charCodeAt(0) : Number.parseInt(octet.slice(1), 16),
  );
}

/**
 * Brings any spelling of encoded text to the one spelling of RFC 5849 §3.6, by decoding and
 * encoding again in one pass over octets: what is not UTF-8 survives (`%ff` becomes `%FF`).
 * Doing it twice changes nothing more.
 *
 * @param encoded - Encoded text, as found in a URL or a form body.
 * @param options - `plus` says what a raw `+` stands for: `"space"` in a query or a form body (RFC
 * 5849 §3.4.1.3.1), `"literal"` elsewhere.
 * @returns The same octets in their one spelling.
 * @throws {@link PercentEncodingError} `ERR_BROKEN_ESCAPE` or `ERR_LONE_SURROGATE`.
 * @throws TypeError when the argument is not a string.
 * @see RFC 5849 §3.6
 *
 * @example
 * ```ts
 * normalizePercentEncoding("%7e%ff+", { plus: "space" }); // "~%FF%20"
 * normalizePercentEncoding("%7e%ff+", { plus: "literal" }); // "~%FF%2B"
 * ```
 */
export function normalizePercentEncoding(
  encoded: string,
  options: { readonly plus: "space" | "literal" },
): string {
  if (NORMALIZED.test(requireString(encoded))) return encoded;
  const spaced = options.plus === "space" ? encoded.replaceAll("+", " ") : encoded;
  try {
    return percentEncode(decodeURIComponent(spaced));
  } catch {
    // Malformed, or octets that are not UTF-8: these go one by one.
    refuseMalformed(encoded);
    return spaced.replace(/%..|[^\w.~-]/gu, (match) =>
      match.length === 3 ? encodeOctet(Number.parseInt(match.slice(1), 16)) : percentEncode(match),
    );
  }
}

/** RFC 3986 §2.3, which RFC 5849 §3.6 names: letters, digits, `-`, `.`, `_` and `~`. */
const UNRESERVED_ONLY = /^[\w.~-]*$/;
/** The same, and upper-case escapes of all other octets. */
const NORMALIZED = /^(?:[\w.~-]|%(?:[0189A-F][\dA-F]|2[\dA-CF]|3[A-F]|40|5[B-E]|60|7[B-DF]))*$/;
const LEFT_BY_ENCODE_URI_COMPONENT = /[!'()*]/;
const LONE_SURROGATE = /[\uD800-\uDFFF]/u;

function encodeOctet(octet: number): string {
  const character = String.fromCharCode(octet);
  return octet < 0x80 && UNRESERVED_ONLY.test(character)
    ? character
    : `%${(octet + 256).toString(16).slice(1).toUpperCase()}`;
}

function refuseMalformed(encoded: string): void {
  refuse("ERR_BROKEN_ESCAPE", requireString(encoded).search(/%(?![\dA-Fa-f]{2})/));
  refuse("ERR_LONE_SURROGATE", encoded.search(LONE_SURROGATE));
}

function refuse(code: PercentEncodingErrorCode, index: number): void {
  if (index >= 0) throw new PercentEncodingError(code, index);
}

function requireString(value: string): string {
  if (typeof value !== "string") throw new TypeError("expected a string");
  return value;
}
