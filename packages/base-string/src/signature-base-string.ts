import { percentEncode } from "@oauth1/percent-encoding";
import { BaseStringError } from "./base-string-error.js";
import { baseStringUri } from "./base-string-uri.js";
import { collectParameters } from "./collect-parameters.js";
import { sortParameters } from "./normalize-parameters.js";
import type { CollectedParameter, EncodedParameter, Parameter } from "./parameter.js";
import type { ParameterizedRequest } from "./request-parameters.js";

/** The parts of an HTTP request that its signature base string is made from. */
export interface BaseStringRequest extends ParameterizedRequest {
  /** The request method, a token of RFC 9110 §5.6.2. */
  readonly method: string;
  /** What `requestParameters` found in the URL and the body, where that is known already. */
  readonly parameters?: CollectedParameter[] | undefined;
}

/**
 * The signature base string of a request: the upper-case method, the base string URI and the
 * normalized parameters, each encoded, joined by `&`. It is ASCII.
 *
 * @param request - Method, URL and form body of the request.
 * @param protocolParameters - Decoded pairs, or parameters that are encoded already. `realm` and
 * `oauth_signature` may be among them and are left out.
 * @throws {@link BaseStringError} where method or URL is malformed.
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
  const { method, url } = request;
  const wrong = method.search(/^$|[^!#-'*+.^`|~\w-]/);
  if (wrong >= 0) throw new BaseStringError("ERR_METHOD", wrong);
  const parameters = sortParameters(
    collectParameters(request.parameters ?? request, protocolParameters),
  );
  // The normalized parameters (§3.4.1.3.2) are encoded as they are joined.
  const normalized = parameters.map(
    ({ encodedName, encodedValue }) => `${encodeAgain(encodedName)}%3D${encodeAgain(encodedValue)}`,
  );
  return `${percentEncode(method.toUpperCase())}&${percentEncode(baseStringUri(url))}&${normalized.join("%26")}`;
}

/** In encoded text only `%` is left to encode, which encodeURIComponent does, and fast. */
function encodeAgain(encoded: string): string {
  return encoded.includes("%") ? encodeURIComponent(encoded) : encoded;
}
