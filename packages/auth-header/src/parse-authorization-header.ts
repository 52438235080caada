import { percentEncode } from "@oauth1/percent-encoding";
import { AuthorizationHeaderError } from "./authorization-header-error.js";
import type {
  AuthorizationParameters,
  EncodedParameter,
  Parameter,
  ParametersToVerify,
} from "./parameter.js";
import { parseParameters } from "./parse-parameters.js";
import { parsePlainParameters } from "./parse-plain-parameters.js";

/**
 * Parses the value of an `Authorization` header as clients actually send it: the scheme in any
 * case, optional linear white space (spaces, tabs, folded lines) around commas and `=`, empty list
 * elements, the realm at any position, empty values.
 *
 * @param header - The header's value.
 * @param options - `unquoted: true` also accepts values without quotes (`oauth_nonce=abc`).
 * @returns The realm and the decoded parameters in their order.
 * @throws {@link AuthorizationHeaderError} with an index into the header.
 * @see RFC 5849 §3.5.1, RFC 2617 §1.2
 *
 * @example
 * ```ts
 * parseAuthorizationHeader('OAuth realm="Photos", oauth_nonce="wIjqoS%3D"');
 * // { realm: "Photos", parameters: [["oauth_nonce", "wIjqoS="]] }
 * ```
 */
export function parseAuthorizationHeader(
  header: string,
  options?: { readonly unquoted?: boolean | undefined },
): AuthorizationParameters {
  return parsePlainParameters(header) ?? parseAnyHeader(header, options?.unquoted);
}

/**
 * Like {@link parseAuthorizationHeader}, for code that makes the signature base string. It also
 * returns the parameters that are signed (all except `oauth_signature` and the realm), encoded. Most
 * headers spell them as RFC 5849 §3.6 requires, and encoding them again would take as long as
 * parsing the header.
 *
 * @param header - The header's value.
 * @returns The realm and the parameters, decoded, and the signed parameters, encoded.
 * @throws AuthorizationHeaderError with an index into the header.
 * @see RFC 5849 §3.5.1, §3.4.1.3.1, §3.6
 *
 * @example
 * ```ts
 * parseToVerify('OAuth oauth_nonce="wIjqoS%3d", oauth_signature="bs"');
 * // {
 * //   realm: undefined,
 * //   parameters: [["oauth_nonce", "wIjqoS="], ["oauth_signature", "bs"]],
 * //   signed: [{ encodedName: "oauth_nonce", encodedValue: "wIjqoS%3D" }],
 * // }
 * ```
 */
export function parseToVerify(header: string): ParametersToVerify {
  const signed: EncodedParameter[] = [];
  const plain = parsePlainParameters(header, signed);
  if (plain !== undefined) return { realm: plain.realm, parameters: plain.parameters, signed };
  const { realm, parameters } = parseAnyHeader(header);
  return { realm, parameters, signed: signedParameters(parameters) };
}

/** RFC 5849 §3.4.1.3.1: all parameters of the header except the realm and `oauth_signature`. */
function signedParameters(parameters: readonly Parameter[]): EncodedParameter[] {
  return parameters
    .filter(([name]) => name !== "oauth_signature")
    .map(([name, value]) => ({
      encodedName: percentEncode(name),
      encodedValue: percentEncode(value),
    }));
}

/** Parses every form of the header. The fast path must agree with this function. */
export function parseAnyHeader(
  header: string,
  unquoted?: boolean | undefined,
): AuthorizationParameters {
  const scheme = /^[ \t]*OAuth(?![^ \t\r\n])/i.exec(header);
  if (scheme === null) throw new AuthorizationHeaderError("ERR_SCHEME", 0);
  return parseParameters(header, scheme[0].length, { unquoted });
}
