import { parseRequestUri, type RequestUri } from "./request-uri.js";

/**
 * Returns the base string URI: scheme, host, port and path of the request.
 *
 * Scheme and host are lower-cased. The port is omitted if it is the default of its scheme. The path
 * stays exactly as it is sent: escapes are not decoded and dot segments are not removed. An empty
 * path becomes `/`. Userinfo, query and fragment are omitted.
 *
 * @param url - The absolute URL as it is sent, percent-encoded.
 * @returns The base string URI, not yet encoded for the signature base string.
 * @throws BaseStringError `ERR_URL_SCHEME`, `ERR_URL_CHARACTER` or `ERR_URL_AUTHORITY`.
 * @see RFC 5849 §3.4.1.2
 *
 * @example
 * ```ts
 * baseStringUri("http://EXAMPLE.COM:80/r%20v/X?id=123"); // "http://example.com/r%20v/X"
 * baseStringUri("https://www.example.net:8080/?q=1"); // "https://www.example.net:8080/"
 * ```
 */
export function baseStringUri(url: RequestUri): string {
  return parseRequestUri(url).baseStringUri;
}
