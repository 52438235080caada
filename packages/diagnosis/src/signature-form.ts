import { PercentEncodingError, percentDecode } from "@oauth1/percent-encoding";
import type { MistakeName } from "./mistakes.js";

/** The decoded form of a received signature. */
export interface SignatureForm {
  /** The mistakes in how the signature is written. */
  readonly mistakes: readonly MistakeName[];
  /** The octets of the digest, or of the RSA signature. */
  readonly octets: Uint8Array;
}

/**
 * Reads a signature in its right form (base64, RFC 5849 §3.4.2 and §3.4.3) or in a known wrong one.
 * The lengths of digests distinguish the forms, so each signature has only one reading.
 *
 * @param isLength - Returns true if a signature can have this number of octets.
 * @returns `undefined` for text that is not a signature in any known form.
 */
export function readSignature(
  received: string,
  isLength: (octets: number) => boolean,
): SignatureForm | undefined {
  if (received.length > LONGEST) return undefined;
  const { text, mistakes } = unescapeSignature(received);
  const hexadecimal = fromHexadecimal(text);
  if (hexadecimal !== undefined && isLength(hexadecimal.length)) {
    return { mistakes: [...mistakes, "HexDigest"], octets: hexadecimal };
  }
  if (/[-_]/.test(text)) mistakes.push("Base64Url");
  let base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  if (base64.length % 4 !== 0) {
    mistakes.push("Base64Unpadded");
    base64 = base64.replace(/=+$/, "").padEnd(Math.ceil(base64.length / 4) * 4, "=");
  }
  const octets = fromBase64(base64);
  if (octets === undefined) return undefined;
  const inner = fromHexadecimal(String.fromCharCode(...octets.subarray(0, 4096)));
  if (inner !== undefined && isLength(inner.length)) {
    return { mistakes: [...mistakes, "HexInBase64"], octets: inner };
  }
  return isLength(octets.length) ? { mistakes, octets } : undefined;
}

/**
 * In characters: the length of an 8,192-bit RSA signature in hexadecimal digits, in base64,
 * escaped.
 */
const LONGEST = 8192;

/** The signature without the damage of a wrong transmission (RFC 5849 §3.5). */
export function unescapeSignature(received: string): { text: string; mistakes: MistakeName[] } {
  let text = received;
  const mistakes: MistakeName[] = [];
  if (/%[\dA-F]{2}/i.test(text)) {
    try {
      text = percentDecode(text);
      mistakes.push("SignatureEncodedTwice");
    } catch (error) {
      if (!(error instanceof PercentEncodingError)) throw error;
    }
  }
  if (text.includes(" ")) {
    text = text.replaceAll(" ", "+");
    mistakes.push("SignatureNotEncoded");
  }
  return { text, mistakes };
}

/** Canonical base64 (RFC 4648 §3.5). */
function fromBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z\d+/]*={0,2}$/.test(text)) return undefined;
  try {
    const binary = atob(text);
    return btoa(binary) === text
      ? Uint8Array.from(binary, (character) => character.charCodeAt(0))
      : undefined;
  } catch {
    return undefined;
  }
}

function fromHexadecimal(text: string): Uint8Array | undefined {
  if (!/^(?:[\da-f]{2})+$|^(?:[\dA-F]{2})+$/.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number(`0x${pair}`));
}
