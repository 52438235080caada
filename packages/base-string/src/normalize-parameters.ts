import { encodeParameter } from "./collect-parameters.js";
import type { EncodedParameter, Parameter } from "./parameter.js";

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
  for (const { encodedName, encodedValue } of encoded.sort(compareParameters)) {
    normalized += `${separator}${encodedName}=${encodedValue}`;
    separator = "&";
  }
  return normalized;
}

/**
 * Sorts encoded parameters by name, and parameters with the same name by value, in ascending order
 * of octets. Names are compared before values: `a-b=` would come before `a=` if they were joined
 * first.
 *
 * @param parameters - Encoded parameters. This function does not change the list.
 * @returns A new list of the same parameters, duplicates included.
 * @see RFC 5849 §3.4.1.3.2 item 2
 *
 * @example
 * ```ts
 * sortParameters([
 *   { encodedName: "a-b", encodedValue: "1" },
 *   { encodedName: "a", encodedValue: "2" },
 * ]);
 * // [{ encodedName: "a", encodedValue: "2" }, { encodedName: "a-b", encodedValue: "1" }]
 * ```
 */
export function sortParameters<P extends EncodedParameter>(parameters: Iterable<P>): P[] {
  return [...parameters].sort(compareParameters);
}

/** Encoded text is ASCII, so the order of UTF-16 code units is the order of octets. */
function compareParameters(a: EncodedParameter, b: EncodedParameter): number {
  if (a.encodedName < b.encodedName) return -1;
  if (a.encodedName !== b.encodedName) return 1;
  return a.encodedValue < b.encodedValue ? -1 : Number(a.encodedValue > b.encodedValue);
}
