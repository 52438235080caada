/**
 * The codes of the OAuth Problem Reporting extension. A server sends one as `oauth_problem` in its
 * challenge or in its body to say what was wrong with a request.
 */
export type ProblemCode =
  /** `oauth_version` is present and is not `1.0`. */
  | "version_rejected"
  /** A protocol parameter is missing. */
  | "parameter_absent"
  /** A parameter is repeated, malformed, or not allowed in this request. */
  | "parameter_rejected"
  /** The timestamp is too old, in the future, or malformed. */
  | "timestamp_refused"
  /** The nonce was used before. */
  | "nonce_used"
  /** The server does not accept the signature method. */
  | "signature_method_rejected"
  /** The signature is not that of the request. */
  | "signature_invalid"
  /** The client identifier is unknown. */
  | "consumer_key_unknown"
  /** The client is rejected permanently. */
  | "consumer_key_rejected"
  /** The client is rejected temporarily. */
  | "consumer_key_refused"
  /** The token could be used only once, and was used. */
  | "token_used"
  /** The token was issued too long ago. */
  | "token_expired"
  /** The resource owner revoked the token. */
  | "token_revoked"
  /** The token is unknown, belongs to another client, or is not accepted. */
  | "token_rejected"
  /** The resource owner must authorize the access again. */
  | "additional_authorization_required"
  /** The server does not know yet whether the resource owner permits the access. */
  | "permission_unknown"
  /** The resource owner denied the access. */
  | "permission_denied"
  /** The resource owner, or the server on its behalf, rejects the client. */
  | "user_refused";
