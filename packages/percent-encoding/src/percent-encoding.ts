/**
 * Percent-encoding as OAuth 1.0 requires it: RFC 5849 §3.6.
 *
 * Text is converted to octets with UTF-8. The unreserved characters of RFC 3986 §2.3
 * (`A-Z a-z 0-9 - . _ ~`) stay as they are, and every other octet becomes `%` and two upper-case
 * hexadecimal digits. That includes `! ' ( ) *`, which `encodeURIComponent` does not encode, and a
 * space, which is `%20` and never a plus.
 *
 * This file imports nothing, so you can copy it into any project.
 *
 * @module
 */

/**
 * A parameter in its decoded form: a name and a value. A list of pairs keeps order and
 * duplicates, as RFC 5849 §3.4.1.3 requires.
 */
export type Parameter = readonly [name: string, value: string];

/** The error codes of these functions. */
export type PercentEncodingErrorCode =
  /**
   * A UTF-16 surrogate without its partner: it is not Unicode text, so it has no UTF-8 octets.
   * Remedy: correct the code that cut the text in the middle of a character; `toWellFormed()`
   * replaces the surrogate.
   */
  | "ERR_LONE_SURROGATE"
  /** A `%` that is not followed by two hexadecimal digits. Remedy: write `%` itself as `%25`. */
  | "ERR_BROKEN_ESCAPE"
  /** Escaped octets that are not UTF-8. Remedy: decode to octets with `percentDecodeOctets`. */
  | "ERR_INVALID_UTF8";

/**
 * Thrown for text that cannot be encoded or decoded. The message never contains the text or a part
 * of it, because the text can be a secret.
 *
 * @example
 * ```ts
 * const error = new PercentEncodingError("ERR_BROKEN_ESCAPE", 3, "percentDecode");
 * error.message; // "percentDecode: malformed escape at index 3; write % itself as %25"
 * ```
 */
export class PercentEncodingError extends Error {
  override readonly name = "PercentEncodingError";
  /** The stable code of the error. */
  declare readonly code: PercentEncodingErrorCode;
  /** Index of the first wrong UTF-16 code unit. */
  declare readonly index: number;

  /**
   * @param code - The code of the error.
   * @param index - The position of the error.
   * @param subject - The text that `index` counts in: the function whose argument it is, or a name
   *   such as `url`. The message begins with it.
   */
  constructor(code: PercentEncodingErrorCode, index: number, subject: string) {
    super(`${subject}: ${SENTENCES[code].replace(";", ` at index ${index};`)}`);
    this.code = code;
    this.index = index;
  }
}

/** For each code: what is wrong; what to do. */
const SENTENCES: Readonly<Record<PercentEncodingErrorCode, string>> = {
  ERR_LONE_SURROGATE: "lone surrogate; use well-formed text",
  ERR_BROKEN_ESCAPE: "malformed escape; write % itself as %25",
  ERR_INVALID_UTF8: "invalid UTF-8; decode to octets instead",
};

/**
 * Encodes text.
 *
 * @param text - Decoded text. Encoding text that is already encoded encodes its `%` again.
 * @returns The encoded text: unreserved characters and upper-case escapes only.
 * @throws {@link PercentEncodingError} `ERR_LONE_SURROGATE` if the text is not Unicode text.
 * @throws TypeError if the argument is not a string.
 * @see RFC 5849 §3.6
 *
 * @example
 * ```ts
 * percentEncode("Ladies + Gentlemen"); // "Ladies%20%2B%20Gentlemen"
 * percentEncode("☃"); // "%E2%98%83"
 * ```
 */
export function percentEncode(text: string): string {
  return spell(text, "percentEncode");
}

/**
 * Encodes octets, which do not have to be text.
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
  // Normalizing accepts each octet's own escape, in any spelling.
  const escapes = Array.from(octets, (octet) => `%${(octet + 256).toString(16).slice(1)}`);
  return spell(escapes.join(""), "percentEncodeOctets", PLUS);
}

/**
 * Decodes to text. Only escapes are decoded (hexadecimal digits in either case). Every other
 * character stays the same, including a plus.
 *
 * @param encoded - Encoded text.
 * @returns The decoded text.
 * @throws {@link PercentEncodingError} `ERR_BROKEN_ESCAPE`, `ERR_INVALID_UTF8` or
 * `ERR_LONE_SURROGATE`.
 * @throws TypeError if the argument is not a string.
 * @see RFC 5849 §3.6
 *
 * @example
 * ```ts
 * percentDecode("Ladies%20%2b%20Gentlemen"); // "Ladies + Gentlemen"
 * percentDecode("a+b"); // "a+b"
 * ```
 */
export function percentDecode(encoded: string): string {
  requireString(encoded, "percentDecode");
  try {
    const decoded = encoded.includes("%") ? decodeURIComponent(encoded) : encoded;
    // Escapes of UTF-8 never decode to a surrogate (RFC 3629 §3), so a surrogate is unescaped in
    // the text.
    if (!LONE_SURROGATE.test(encoded)) return decoded;
  } catch {
    // A URIError has no position, so the lines below find it.
  }
  spell(encoded, "percentDecode", PLUS);
  // An octet's first digit determines how many octets its character has (RFC 3629 §3).
  return encoded.replace(/%(?:[CD].%|E.%..%|F.%..%..%)?../gi, (character, index) => {
    try {
      return decodeURIComponent(character);
    } catch {
      throw new PercentEncodingError("ERR_INVALID_UTF8", index, "percentDecode");
    }
  });
}

/**
 * Decodes to octets, which do not have to be text. Non-ASCII characters that are not escaped become
 * their UTF-8 octets.
 *
 * @param encoded - Encoded text.
 * @returns The decoded octets.
 * @throws {@link PercentEncodingError} `ERR_BROKEN_ESCAPE` or `ERR_LONE_SURROGATE`.
 * @throws TypeError if the argument is not a string.
 * @see RFC 5849 §3.6
 *
 * @example
 * ```ts
 * percentDecodeOctets("a%FF"); // new Uint8Array([0x61, 0xff])
 * ```
 */
export function percentDecodeOctets(encoded: string): Uint8Array {
  const normalized = spell(encoded, "percentDecodeOctets", PLUS);
  return Uint8Array.from(normalized.matchAll(/%(..)|./g), ([character, digits]) =>
    digits ? Number(`0x${digits}`) : character.charCodeAt(0),
  );
}

/**
 * Converts any spelling of encoded text to the spelling of RFC 5849 §3.6. It decodes and encodes
 * again in one pass over octets, so octets that are not UTF-8 are kept (`%ff` becomes `%FF`).
 * Normalizing is idempotent.
 *
 * @param encoded - Encoded text, as found in a URL or a form body.
 * @param options - `plus` is the meaning of a raw `+`: `"space"` in a query or a form body (RFC
 *   5849 §3.4.1.3.1), `"literal"` elsewhere.
 * @returns The same octets in the spelling of §3.6.
 * @throws {@link PercentEncodingError} `ERR_BROKEN_ESCAPE` or `ERR_LONE_SURROGATE`.
 * @throws TypeError if the argument is not a string.
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
  return spell(encoded, "normalizePercentEncoding", plus === "space" ? SPACE : PLUS);
}

function requireString(text: unknown, caller: string): void {
  if (typeof text !== "string") throw new TypeError(`${caller}: the argument must be a string`);
}

/**
 * Matches all characters except the unreserved ones (RFC 3986 §2.3): letters, digits, `-`, `.`,
 * `_` and `~`.
 */
const NOT_UNRESERVED = /[^\w.~-]/;
/**
 * Matches all except those and upper-case escapes of octets that are not unreserved (most of
 * ASCII).
 */
const NOT_NORMALIZED = /[^\w.~%-]|%(?!2[\dA-CF]|3[A-F]|[89A-F][\dA-F])/;
/** Matches a surrogate (general category Cs) that is not half of a pair. */
const LONE_SURROGATE = /\p{Cs}/u;

const SPACE = 0x20;
const PERCENT = 0x25;
const PLUS = 0x2b;
/** The first five bits of the 16 of each surrogate. */
const SURROGATE = 0x1b;

/**
 * Spells text as RFC 5849 §3.6 requires: octet by octet, in one loop over character codes.
 *
 * The loop writes into `written`, and the engine converts that to a string at once. For 20 to 5,000
 * characters this is 1.5 to 3 times as fast as `encodeURIComponent` with a replacement of the five
 * characters that it does not encode, and as a string that grows by slices (`npm run bench`). The
 * text can be a secret, so the array is wiped before this function returns or throws.
 *
 * @param plus - If the text is encoded: the octet that a raw `+` means. Otherwise `%` and `+` are
 *   ordinary characters.
 */
function spell(text: string, caller: string, plus?: number): string {
  requireString(text, caller);
  // Most names and values need no change. The search takes 20 ns.
  if (!(plus === undefined ? NOT_UNRESERVED : NOT_NORMALIZED).test(text)) return text;
  let spelled = "";
  let length = 0;
  let index = 0;
  let wrong: PercentEncodingErrorCode | undefined;
  for (; index < text.length; index++) {
    if (length > MOST_WRITTEN - LONGEST_CHARACTER) {
      spelled += asText(length);
      length = 0;
    }
    let octet = text.charCodeAt(index);
    if (octet < 0x80 && unreserved[octet] === 1) {
      written[length++] = octet;
      continue;
    }
    let code = 0;
    /** The number of bits of the character in the octets after this one (RFC 3629 §3). */
    let shift = 0;
    if (octet >= 0x80) {
      code = text.codePointAt(index) ?? 0;
      if (code >> 11 === SURROGATE) {
        wrong = "ERR_LONE_SURROGATE";
        break;
      }
      shift = code < 0x800 ? 6 : code < 0x10000 ? 12 : 18;
      octet = ((-0x80 >> (shift / 6)) & 0xff) | (code >> shift);
      if (shift === 18) index++;
    } else if (plus !== undefined) {
      if (octet === PLUS) octet = plus;
      else if (octet === PERCENT) {
        octet = octetAt(text, index);
        if (octet < 0) {
          wrong = "ERR_BROKEN_ESCAPE";
          break;
        }
        index += 2;
      }
    }
    for (;;) {
      if (octet < 0x80 && unreserved[octet] === 1) written[length++] = octet;
      else {
        written[length] = PERCENT;
        written[length + 1] = digit(octet >> 4);
        written[length + 2] = digit(octet & 0xf);
        length += 3;
      }
      if (shift === 0) break;
      shift -= 6;
      octet = 0x80 | ((code >> shift) & 0x3f);
    }
  }
  spelled += asText(length);
  written.fill(0, 0, spelled.length);
  if (wrong !== undefined) throw new PercentEncodingError(wrong, index, caller);
  return spelled;
}

/** The array where {@link spell} writes ASCII. All zero except while it runs. */
const MOST_WRITTEN = 1024;
const written = /* @__PURE__ */ new Uint8Array(MOST_WRITTEN);
/** Four octets, three characters each. */
const LONGEST_CHARACTER = 12;

/**
 * Converts the first octets of `written` to a string. Buffer (Node, Bun, Deno) takes 40 ns, and
 * TextDecoder (browsers) a half to a tenth of the time of `String.fromCharCode`.
 */
const asText = /* @__PURE__ */ (() => {
  const { Buffer, TextDecoder } = globalThis as Platform;
  const latin1Slice = Buffer?.prototype.latin1Slice;
  const decoder = TextDecoder && new TextDecoder();
  return (length: number): string =>
    latin1Slice
      ? latin1Slice.call(written, 0, length)
      : decoder
        ? decoder.decode(written.subarray(0, length))
        : String.fromCharCode(...written.subarray(0, length));
})();

/** The globals that are used if they exist. */
interface Platform {
  readonly Buffer?: {
    readonly prototype: { latin1Slice?(this: Uint8Array, start: number, end: number): string };
  };
  readonly TextDecoder?: new () => { decode(octets: Uint8Array): string };
}

/** The code of an upper-case hexadecimal digit. */
function digit(value: number): number {
  return value + (value < 10 ? 0x30 : 0x37);
}

/** 1 for the octets of unreserved characters. */
const unreserved = /* @__PURE__ */ Uint8Array.from({ length: 256 }, (_, octet) =>
  NOT_UNRESERVED.test(String.fromCharCode(octet)) ? 0 : 1,
);

/** The octet of the escape at `index`, or a negative number if there is no complete escape. */
function octetAt(text: string, index: number): number {
  return (digitOf(text.charCodeAt(index + 1)) << 4) | digitOf(text.charCodeAt(index + 2));
}

/** The value of a hexadecimal digit in either case, or -1. Beyond the end the code is NaN. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lowerCase = code | 0x20;
  return lowerCase >= 0x61 && lowerCase <= 0x66 ? lowerCase - 0x57 : -1;
}
