import type { Parameter } from "./parameter.js";
import { decodeForm } from "./parse-form.js";
import { parseRequestUri, type RequestUri } from "./request-uri.js";

/**
 * Returns the parameters of a URL's query in order, with duplicates. The query is parsed as a form:
 * `+` is a space, a name without `=` has an empty value, and empty pieces are skipped.
 *
 * Escaped octets that are not UTF-8 have no decoded text, so this function rejects them.
 * `collectParameters` and `signatureBaseString` keep them.
 *
 * @param url - The absolute URL as it is sent, percent-encoded.
 * @returns Decoded pairs.
 * @throws BaseStringError if the URL has no base string URI.
 * @throws PercentEncodingError with an index into the URL.
 * @see RFC 5849 §3.4.1.3.1
 *
 * @example
 * ```ts
 * queryParameters("http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b");
 * // [["b5", "=%3D"], ["a3", "a"], ["c@", ""], ["a2", "r b"]]
 * ```
 */
export function queryParameters(url: RequestUri): Parameter[] {
  const { query, queryIndex } = parseRequestUri(url);
  return decodeForm(query, { subject: "url", offset: queryIndex });
}
