import { percentEncode } from "@oauth1/percent-encoding";
import { AuthorizationHeaderError } from "./authorization-header-error.js";
import type { Parameter } from "./parameter.js";

/** The contents of a header to serialize. */
export interface SerializableParameters {
  /** Visible ASCII, spaces and tabs, decoded. Omit it if there is none. */
  readonly realm?: string | null | undefined;
  /** Decoded pairs. */
  readonly parameters?: Iterable<Parameter> | undefined;
}

/**
 * Serializes the value of an `Authorization` header: `realm` first, as a quoted-string, then the
 * parameters in their order, encoded, separated by a comma and a space. The result never contains a
 * line break: this function encodes names and values, and rejects a realm with a control character.
 *
 * @param contents - The realm and the protocol parameters.
 * @throws {@link AuthorizationHeaderError} `ERR_REALM` with an index into the realm.
 * @throws PercentEncodingError `ERR_LONE_SURROGATE` with an index into the name or value.
 * @see RFC 5849 §3.5.1
 *
 * @example
 * ```ts
 * serializeAuthorizationHeader({ realm: "Photos", parameters: [["oauth_nonce", "wIjqoS="]] });
 * // 'OAuth realm="Photos", oauth_nonce="wIjqoS%3D"'
 * ```
 */
export function serializeAuthorizationHeader(contents: SerializableParameters): string {
  const fields: string[] = [];
  if (contents.realm != null) fields.push(`realm="${quotedText(contents.realm)}"`);
  for (const [name, value] of contents.parameters ?? []) {
    fields.push(`${percentEncode(name)}="${percentEncode(value)}"`);
  }
  return fields.length ? `OAuth ${fields.join(", ")}` : "OAuth";
}

/**
 * Serializes the value of a `WWW-Authenticate` header, with which a server requests OAuth and can
 * report an error. The format is that of {@link serializeAuthorizationHeader}.
 *
 * @param contents - The realm, and parameters such as `oauth_problem`.
 * @throws {@link AuthorizationHeaderError} `ERR_REALM` with an index into the realm.
 * @throws PercentEncodingError `ERR_LONE_SURROGATE` with an index into the name or value.
 * @see RFC 5849 §3.5.1
 *
 * @example
 * ```ts
 * serializeChallenge({ realm: "Photos", parameters: [["oauth_problem", "nonce_used"]] });
 * // 'OAuth realm="Photos", oauth_problem="nonce_used"'
 * ```
 */
export function serializeChallenge(contents: SerializableParameters): string {
  return serializeAuthorizationHeader(contents);
}

/** The text of a quoted-string, with quoted-pairs (RFC 2617 §1.2, RFC 9110 §5.6.4). */
function quotedText(realm: string): string {
  const index = realm.search(/[^\t -~]/);
  if (index >= 0) throw new AuthorizationHeaderError("ERR_REALM", index);
  return realm.replace(/["\\]/g, "\\$&");
}
