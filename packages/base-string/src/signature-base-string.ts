import { percentEncode } from "@oauth1/percent-encoding";
import { BaseStringError } from "./base-string-error.js";
import { baseStringUri } from "./base-string-uri.js";
import { collectParameters } from "./collect-parameters.js";
import type { EncodedParameter, Parameter } from "./parameter.js";
import type { ParameterizedRequest } from "./request-parameters.js";
import { parseRequestUri, type RequestUri } from "./request-uri.js";
import { sortParameters } from "./sort-parameters.js";

/** The parts of an HTTP request from which its signature base string is built. */
export interface BaseStringRequest extends ParameterizedRequest {
  /** The request method, a token of RFC 9110 §5.6.2. */
  readonly method: string;
}

/**
 * Returns the signature base string of a request: the upper-case method, the base string URI and
 * the normalized parameters, each encoded, joined by `&`. It is ASCII.
 *
 * @param request - Method, URL and form body of the request.
 * @param protocolParameters - Decoded pairs, or parameters that are already encoded. `realm` and
 *   `oauth_signature` are allowed and omitted.
 * @throws BaseStringError if the method or the URL is malformed.
 * @throws PercentEncodingError with an index into the URL, the body, or the name or value.
 * @see RFC 5849 §3.4.1.1
 *
 * @example
 * ```ts
 * signatureBaseString({ method: "GET", url: "http://example.com/?n=v" }, [["oauth_nonce", "7d8f"]]);
 * // "GET&http%3A%2F%2Fexample.com%2F&n%3Dv%26oauth_nonce%3D7d8f"
 * ```
 */
export function signatureBaseString(
  request: BaseStringRequest,
  protocolParameters: Iterable<Parameter | EncodedParameter>,
): string {
  const { method, body } = request;
  // Parsed once for both steps.
  const url = parseRequestUri(request.url);
  return buildBaseString(method, url, collectParameters({ url, body }, protocolParameters));
}

/**
 * The last step only: method, base string URI and normalized parameters, each encoded, joined.
 *
 * @param method - The request method, a token of RFC 9110 §5.6.2.
 * @param url - The absolute URL as it is sent, percent-encoded.
 * @param parameters - The result of `collectParameters`, in any order.
 * @throws BaseStringError if the method or the URL is malformed.
 * @see RFC 5849 §3.4.1.1
 *
 * @example
 * ```ts
 * buildBaseString("get", "http://example.com/?n=v", [{ encodedName: "n", encodedValue: "v" }]);
 * // "GET&http%3A%2F%2Fexample.com%2F&n%3Dv"
 * ```
 */
export function buildBaseString(
  method: string,
  url: RequestUri,
  parameters: Iterable<EncodedParameter>,
): string {
  return prepareBaseString(method, url)(parameters);
}

/**
 * Prepares the base strings of requests with the same method and URL, which differ in their
 * parameters only. Encoding the URI takes a quarter of the time of a typical base string.
 *
 * @param method - The request method, a token of RFC 9110 §5.6.2.
 * @param url - The absolute URL as it is sent, percent-encoded.
 * @returns A function of the parameters, like `buildBaseString`.
 * @throws BaseStringError if the method or the URL is malformed.
 * @see RFC 5849 §3.4.1.1
 *
 * @example
 * ```ts
 * const build = prepareBaseString("get", "http://example.com/?n=v");
 * build([{ encodedName: "n", encodedValue: "v" }]); // "GET&http%3A%2F%2Fexample.com%2F&n%3Dv"
 * ```
 */
export function prepareBaseString(
  method: string,
  url: RequestUri,
): (parameters: Iterable<EncodedParameter>) => string {
  const start = `${encodedMethod(method)}&${percentEncode(baseStringUri(url))}&`;
  return (parameters) => start + encodedTwice(sortParameters(parameters));
}

/** The method in upper case, encoded: a token can contain characters such as `*`. */
function encodedMethod(method: string): string {
  // Nearly all methods need no encoding.
  if (/^[A-Z]+$/.test(method)) return method;
  const wrong = method.search(/^$|[^!#-'*+.^`|~\w-]/);
  if (wrong >= 0) throw new BaseStringError("ERR_METHOD", wrong);
  return percentEncode(method.toUpperCase());
}

/**
 * The normalized parameters (§3.4.1.3.2), encoded again. This is done while they are joined: most
 * names and values contain no `%`, and encoding those again changes nothing. For the parameters of
 * a typical request this takes half the time of joining first and encoding the result.
 */
function encodedTwice(sorted: readonly EncodedParameter[]): string {
  let text = "";
  let separator = "";
  for (const { encodedName, encodedValue } of sorted) {
    text += `${separator}${encodeAgain(encodedName)}%3D${encodeAgain(encodedValue)}`;
    separator = "%26";
  }
  return text;
}

/**
 * Encodes encoded text, which contains only unreserved characters and `%`. `encodeURIComponent`
 * agrees with RFC 5849 §3.6 on all of them.
 */
function encodeAgain(encoded: string): string {
  return encoded.includes("%") ? encodeURIComponent(encoded) : encoded;
}
