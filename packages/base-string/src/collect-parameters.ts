import { percentEncode } from "@oauth1/percent-encoding";
import type { CollectedParameter, EncodedParameter, Parameter } from "./parameter.js";
import { type ParameterizedRequest, requestParameters } from "./request-parameters.js";

/**
 * Collects the parameters that the signature covers: those of the query and of a form body, and the
 * protocol parameters. It omits `oauth_signature` everywhere, and `realm` among the protocol
 * parameters. A query or a form can have a parameter named `realm`, which is signed.
 *
 * @param request - URL and form body of the request.
 * @param protocolParameters - Decoded pairs, or parameters that are already encoded.
 * @returns Encoded parameters, not yet sorted.
 * @throws BaseStringError if the URL has no base string URI.
 * @throws PercentEncodingError with an index into the URL, the body, or the name or value.
 * @see RFC 5849 §3.4.1.3.1
 *
 * @example
 * ```ts
 * collectParameters({ url: "http://example.com/request?a2=r%20b" }, [["oauth_nonce", "7d8f3e4a"]]);
 * // [
 * //   { encodedName: "a2", encodedValue: "r%20b", source: "query" },
 * //   { encodedName: "oauth_nonce", encodedValue: "7d8f3e4a", source: "protocol" },
 * // ]
 * ```
 */
export function collectParameters(
  request: ParameterizedRequest,
  protocolParameters: Iterable<Parameter | EncodedParameter>,
): CollectedParameter[] {
  const collected = requestParameters(request).filter(isNoSignature);
  for (const parameter of protocolParameters) {
    const { encodedName, encodedValue } = encodeParameter(parameter);
    if (encodedName !== "oauth_signature" && encodedName !== "realm") {
      collected.push({ encodedName, encodedValue, source: "protocol" });
    }
  }
  return collected;
}

function isNoSignature({ encodedName }: EncodedParameter): boolean {
  return encodedName !== "oauth_signature";
}

/** The encoded form of a parameter (RFC 5849 §3.4.1.3.2 item 1). */
export function encodeParameter(parameter: Parameter | EncodedParameter): EncodedParameter {
  return "encodedName" in parameter
    ? parameter
    : { encodedName: percentEncode(parameter[0]), encodedValue: percentEncode(parameter[1]) };
}
