import { AuthorizationHeaderError } from "./authorization-header-error.js";
import type { AuthorizationParameters } from "./parameter.js";
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

/** Parses every form of the header. The fast path must agree with this function. */
export function parseAnyHeader(
  header: string,
  unquoted?: boolean | undefined,
): AuthorizationParameters {
  const scheme = /^[ \t]*OAuth(?![^ \t\r\n])/i.exec(header);
  if (scheme === null) throw new AuthorizationHeaderError("ERR_SCHEME", 0);
  return parseParameters(header, scheme[0].length, { unquoted });
}
