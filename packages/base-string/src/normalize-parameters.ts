import { encodeParameter } from "./collect-parameters.js";
import type { EncodedParameter, Parameter } from "./parameter.js";
import { sortParameters } from "./sort-parameters.js";

/**
 * Normalizes parameters into one string: encoded, sorted, and joined by `=` and `&`.
 *
 * @param parameters - Decoded pairs, or parameters that are already encoded.
 * @returns The normalized request parameters, not yet encoded for the signature base string.
 * @throws PercentEncodingError `ERR_LONE_SURROGATE` with an index into the name or value.
 * @see RFC 5849 §3.4.1.3.2
 *
 * @example
 * ```ts
 * normalizeParameters([["a3", "a"], ["a2", "r b"], ["a3", "2 q"]]); // "a2=r%20b&a3=2%20q&a3=a"
 * ```
 */
export function normalizeParameters(parameters: Iterable<Parameter | EncodedParameter>): string {
  const encoded: EncodedParameter[] = [];
  for (const parameter of parameters) encoded.push(encodeParameter(parameter));
  let normalized = "";
  let separator = "";
  for (const { encodedName, encodedValue } of sortParameters(encoded)) {
    normalized += `${separator}${encodedName}=${encodedValue}`;
    separator = "&";
  }
  return normalized;
}
