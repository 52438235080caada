/**
 * The signed part of an HTTP request's entity-body: RFC 5849 §3.4.1.3.1.
 *
 * @module
 */

export { type MediaType, parseMediaType } from "./media-type.js";

/**
 * Returns true if a `Content-Type` is that of a form, so that the body's parameters are signed. The
 * media type is case-insensitive, and its parameters such as `charset` are ignored.
 *
 * @param contentType - The header's value; `null` or `undefined` if there is none.
 * @see RFC 5849 §3.4.1.3.1 (third condition for the entity-body), RFC 9110 §8.3.1
 *
 * @example
 * ```ts
 * isFormContentType("application/x-www-form-urlencoded; charset=UTF-8"); // true
 * isFormContentType("application/json"); // false
 * ```
 */
export function isFormContentType(contentType: string | null | undefined): boolean {
  return /^[ \t]*application\/x-www-form-urlencoded[ \t]*(?:;|$)/i.test(contentType ?? "");
}

/**
 * Returns a form body as text in which the octets outside ASCII are escaped. `requestParameters`,
 * `formParameters` and `signatureBaseString` accept this text.
 *
 * @param octets - The entity-body as it is sent.
 * @see RFC 5849 §3.4.1.3.1
 *
 * @example
 * ```ts
 * formText(new Uint8Array([0x61, 0x3d, 0xe9])); // "a=%e9"
 * ```
 */
export function formText(octets: Uint8Array): string {
  let text = "";
  for (let start = 0; start < octets.length; start += MOST_ARGUMENTS) {
    text += String.fromCharCode(...octets.subarray(start, start + MOST_ARGUMENTS));
  }
  return text.replace(/[^\0-\x7f]/g, (octet) => `%${octet.charCodeAt(0).toString(16)}`);
}

/** The number of arguments that every engine accepts in one call. */
const MOST_ARGUMENTS = 8192;
