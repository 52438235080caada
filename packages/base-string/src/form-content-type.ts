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
