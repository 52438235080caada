import type { Parameter } from "./parameter.js";
import { decodeForm } from "./parse-form.js";

/**
 * An `application/x-www-form-urlencoded` entity-body: the text as it is sent, or the decoded pairs
 * that it is made from (for example `URLSearchParams`).
 */
export type FormBody = string | Iterable<Parameter>;

/**
 * Returns the parameters of a form body in order, with duplicates. `+` is a space, a name without
 * `=` has an empty value, and empty pieces are skipped.
 *
 * Escaped octets that are not UTF-8 have no decoded text, so this function rejects them.
 * `collectParameters` and `signatureBaseString` keep them.
 *
 * @param body - The form-encoded body.
 * @returns Decoded pairs.
 * @throws PercentEncodingError with an index into the body.
 * @see RFC 5849 §3.4.1.3.1
 *
 * @example
 * ```ts
 * formParameters("c2&a3=2+q"); // [["c2", ""], ["a3", "2 q"]]
 * ```
 */
export function formParameters(body: FormBody): Parameter[] {
  return typeof body === "string" ? decodeForm(body, { subject: "body", offset: 0 }) : [...body];
}
