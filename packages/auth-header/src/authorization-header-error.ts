/** The error codes of a header. */
export type AuthorizationHeaderErrorCode =
  /**
   * The header has another scheme, or none of its challenges is `OAuth`. Remedy: pass the header
   * that begins with `OAuth`.
   */
  | "ERR_SCHEME"
  /**
   * The header does not follow the grammar: a name, `=`, a quote or a comma is missing. Remedy:
   * write the header as `OAuth name="value", name="value"`; the message names the place.
   */
  | "ERR_SYNTAX"
  /** The header contains a parameter twice. Remedy: send each protocol parameter once. */
  | "ERR_DUPLICATE_PARAMETER"
  /**
   * A name or a value is not percent-encoded UTF-8 text. Remedy: percent-encode names and values
   * as UTF-8 (§3.6).
   */
  | "ERR_PARAMETER_ENCODING"
  /**
   * The realm contains a character that a header cannot contain. Remedy: use printable ASCII
   * characters in the realm.
   */
  | "ERR_REALM";

/**
 * Thrown for a header that cannot be parsed or serialized (RFC 5849 §3.5.1). The message names the
 * place and never contains a value.
 *
 * @example
 * ```ts
 * const error = new AuthorizationHeaderError("ERR_DUPLICATE_PARAMETER", 25);
 * error.message; // "header: duplicate parameter at index 25; send it once"
 * ```
 */
export class AuthorizationHeaderError extends Error {
  override readonly name = "AuthorizationHeaderError";
  /** The stable code of the error. */
  declare readonly code: AuthorizationHeaderErrorCode;
  /** Index of the first wrong UTF-16 code unit in the header's value, or in the realm. */
  declare readonly index: number;

  constructor(code: AuthorizationHeaderErrorCode, index: number) {
    super(SENTENCES[code].replace(";", ` at index ${index};`));
    this.code = code;
    this.index = index;
  }
}

/** For each code: what is wrong; what to do. */
const SENTENCES: Readonly<Record<AuthorizationHeaderErrorCode, string>> = {
  ERR_SCHEME: "header: no OAuth scheme; begin with OAuth",
  ERR_SYNTAX: 'header: syntax error; write name="value" and commas between',
  ERR_DUPLICATE_PARAMETER: "header: duplicate parameter; send it once",
  ERR_PARAMETER_ENCODING: "header: malformed percent-encoding; encode UTF-8 as RFC 5849 §3.6",
  ERR_REALM: "realm: character that a header cannot contain; use visible ASCII",
};
