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

/**
 * A parameter in its decoded form: a pair of texts. A list of them keeps order and duplicates, as
 * RFC 5849 §3.4.1.3 needs.
 */
export type Parameter = readonly [name: string, value: string];

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
  declare readonly code: PercentEncodingErrorCode;
  /** Where: index of the first wrong UTF-16 code unit in the argument. */
  declare readonly index: number;

  constructor(code: PercentEncodingErrorCode, index: number) {
    super(`${code} at index ${index}`);
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
  if (text.search(NOT_UNRESERVED) < 0) return text;
  try {
    // encodeURIComponent (ECMA-262 §19.2.6.4) leaves five characters that RFC 5849 §3.6 encodes.
    return encodeURIComponent(text).replace(
      /[!'()*]/g,
      (left) => `%${left.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  } catch {
    throw new PercentEncodingError("ERR_LONE_SURROGATE", text.search(/\p{Cs}/u));
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
  const triplets = Array.from(octets, (octet) => `%${(octet + 256).toString(16).slice(1)}`);
  return normalizePercentEncoding(triplets.join(""), { plus: "literal" });
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
  if (encoded.search(NOT_UNRESERVED) < 0) return encoded;
  requireWellFormed(encoded);
  try {
    return decodeURIComponent(encoded);
  } catch {
    // An octet's first digit says how many octets its character has (RFC 3629 §3).
    return encoded.replace(/%(?:[CD].%|E.%..%|F.%..%..%)?../gi, (character, index) => {
      try {
        return decodeURIComponent(character);
      } catch {
        throw new PercentEncodingError("ERR_INVALID_UTF8", index);
      }
    });
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
  const normalized = normalizePercentEncoding(encoded, { plus: "literal" });
  return Uint8Array.from(normalized.matchAll(/%(..)|./g), ([character, digits]) =>
    digits ? Number(`0x${digits}`) : character.charCodeAt(0),
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
  { plus }: { readonly plus: "space" | "literal" },
): string {
  if (encoded.search(NOT_NORMALIZED) < 0) return encoded;
  requireWellFormed(encoded);
  return encoded
    .replaceAll("+", plus === "space" ? " " : "+")
    .replace(/%[0-7].|[^%]+/gu, (ascii) => percentEncode(decodeURIComponent(ascii)))
    .replace(/%../g, (triplet) => triplet.toUpperCase());
}

/** All but RFC 3986 §2.3, which RFC 5849 §3.6 names: letters, digits, `-`, `.`, `_` and `~`. */
const NOT_UNRESERVED = /[^\w.~-]/;
/** All but the same and the escapes that are met most in normalized text: no need to look on. */
const NOT_NORMALIZED = /[^\w.~%-]|%(?!2[\dA-CF]|3[A-F])/;

/** Refuses broken escapes, and surrogates (general category Cs) that are no pair. */
function requireWellFormed(encoded: string): void {
  const index = encoded.search(/%(?![\dA-F]{2})|\p{Cs}/iu);
  if (index < 0) return;
  throw new PercentEncodingError(
    encoded[index] === "%" ? "ERR_BROKEN_ESCAPE" : "ERR_LONE_SURROGATE",
    index,
  );
}
