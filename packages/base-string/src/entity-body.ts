/**
 * What of an HTTP request's entity-body is signed: RFC 5849 §3.4.1.3.1.
 *
 * @module
 */

export { type MediaType, parseMediaType } from "./media-type.js";

/**
 * Whether a `Content-Type` says that the entity-body is a form, so that its parameters are signed.
 * The media type is compared without regard to case, and parameters such as `charset` do not
 * change the answer.
 *
 * @param contentType - The header field's value; `null` and `undefined` where there is none.
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
 * The octets of a form body as text, in which those outside ASCII are escaped: the form that
 * `requestParameters`, `formParameters` and `signatureBaseString` read.
 *
 * @param octets - The entity-body as it goes over the wire.
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

/** As many as every engine takes at once. */
const MOST_ARGUMENTS = 8192;
