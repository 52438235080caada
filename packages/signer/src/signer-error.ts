/** The codes of what can be wrong with a signer's options or with a request to sign. */
export type SignerErrorCode =
  /** An identifier or a secret is not a string, or is the text `[redacted]`. */
  | "ERR_CREDENTIALS"
  /** An option is misspelled, or of the wrong type. */
  | "ERR_SIGNER_OPTION"
  /** `clock` did not return a positive integer. */
  | "ERR_TIMESTAMP"
  /** `nonce` did not return a non-empty string. */
  | "ERR_NONCE"
  /** An additional protocol parameter does not begin with `oauth_`, repeats, or is already set. */
  | "ERR_PROTOCOL_PARAMETER"
  /** The request already has a parameter with the name of a protocol parameter. */
  | "ERR_PARAMETER_COLLISION"
  /** The request already has an `Authorization` header, or protocol parameters in it. */
  | "ERR_AUTHORIZATION_PRESENT"
  /** The content type is that of a form and the body (such as a stream) is not, or the reverse. */
  | "ERR_FORM_BODY"
  /** The protocol parameters have to go into the body, and the body is not a form. */
  | "ERR_BODY_NOT_FORM"
  /** A body hash is requested but impossible: for a form, a stream, or PLAINTEXT. */
  | "ERR_BODY_HASH"
  /** PLAINTEXT would reveal the secrets, because the URL is not `https`. */
  | "ERR_INSECURE_TRANSPORT";

/** Thrown for a request that cannot be signed. Never contains a secret. */
export class SignerError extends Error {
  override readonly name = "SignerError";
  /** The stable code of the error. */
  readonly code: SignerErrorCode;
  /** The parameter, option or header that is wrong. */
  readonly parameter: string;

  constructor(code: SignerErrorCode, parameter: string, message: string) {
    super(`${parameter}: ${message}`);
    this.code = code;
    this.parameter = parameter;
  }
}
