import { AuthorizationHeaderError } from "./authorization-header-error.js";
import type { AuthorizationParameters } from "./parameter.js";
import { parseParameters } from "./parse-parameters.js";

/**
 * Parses the first `OAuth` challenge in the value of a `WWW-Authenticate` header, which may contain
 * challenges of other schemes before and after it.
 *
 * @param header - The header's value.
 * @returns The realm and the decoded parameters in their order.
 * @throws {@link AuthorizationHeaderError} with an index into the header; `ERR_SCHEME` if no
 * challenge is `OAuth`.
 * @see RFC 5849 §3.5.1, RFC 9110 §11.6.1
 *
 * @example
 * ```ts
 * parseChallenge('Basic realm="a", OAuth realm="Photos", oauth_problem="nonce_used"');
 * // { realm: "Photos", parameters: [["oauth_problem", "nonce_used"]] }
 * ```
 */
export function parseChallenge(header: string): AuthorizationParameters {
  // The pattern also matches quoted strings (an unclosed one to the end), so that nothing inside
  // one is mistaken for a scheme.
  for (const match of header.matchAll(/"(?:[^"\\]|\\.)*"?|(?:^|,)[ \t]*OAuth(?![^ \t\r\n,])/gis)) {
    if (!match[0].startsWith('"')) {
      return parseParameters(header, match.index + match[0].length, { challenge: true });
    }
  }
  throw new AuthorizationHeaderError("ERR_SCHEME", 0);
}
