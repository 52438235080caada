/** What is wrong with a header field. */
export type AuthorizationHeaderErrorCode =
  /** The header field has another scheme, or none of its challenges is `OAuth`. */
  | "ERR_SCHEME"
  /** Something else stands where the grammar wants a name, `=`, a quote or a comma. */
  | "ERR_SYNTAX"
  /** A parameter is there twice. */
  | "ERR_DUPLICATE_PARAMETER"
  /** A name or a value is not percent-encoded UTF-8 text. */
  | "ERR_PARAMETER_ENCODING"
  /** The realm holds a character that cannot stand in a header field. */
  | "ERR_REALM";

/**
 * Thrown for a header field that cannot be read or written (RFC 5849 §3.5.1). The message names
 * the place and never holds a value.
 */
export class AuthorizationHeaderError extends Error {
  override readonly name = "AuthorizationHeaderError";
  /** What is wrong. Stable, to switch on. */
  declare readonly code: AuthorizationHeaderErrorCode;
  /** Where: index of the first wrong UTF-16 code unit in the header field's value, or the realm. */
  declare readonly index: number;

  constructor(code: AuthorizationHeaderErrorCode, index: number) {
    super(`${code} at index ${index}`);
    this.code = code;
    this.index = index;
  }
}
