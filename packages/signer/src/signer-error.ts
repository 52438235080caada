/** What is wrong with a signer's options or with a request to sign. */
export type SignerErrorCode =
  /** An identifier or a secret is not a string, or is the text `[redacted]`. */
  | "ERR_CREDENTIALS"
  /** An option is misspelled, or of the wrong type. */
  | "ERR_SIGNER_OPTION"
  /** `clock` gave no positive integer. */
  | "ERR_TIMESTAMP"
  /** `nonce` gave no text. */
  | "ERR_NONCE"
  /** A further protocol parameter has a name that does not begin with `oauth_`, or one set here. */
  | "ERR_PROTOCOL_PARAMETER"
  /** The request has a parameter of its own with the name of a protocol parameter. */
  | "ERR_PARAMETER_COLLISION"
  /** The request has an `Authorization` header already, or protocol parameters in it. */
  | "ERR_AUTHORIZATION_PRESENT"
  /** The content type says form, and the body is none (a stream, say); or the other way round. */
  | "ERR_FORM_BODY"
  /** Protocol parameters are to go into the body, and the body is not a form. */
  | "ERR_BODY_NOT_FORM"
  /** A body hash is asked for where there can be none: a form, a stream, PLAINTEXT. */
  | "ERR_BODY_HASH"
  /** PLAINTEXT would show the secrets: the URL is not `https`. */
  | "ERR_INSECURE_TRANSPORT";

/** Thrown for a request that cannot be signed. Never holds a secret. */
export class SignerError extends Error {
  override readonly name = "SignerError";
  /** What is wrong. Stable, to switch on. */
  readonly code: SignerErrorCode;
  /** The parameter, option or header field that is wrong. */
  readonly parameter: string;

  constructor(code: SignerErrorCode, parameter: string, message: string) {
    super(`${parameter}: ${message}`);
    this.code = code;
    this.parameter = parameter;
  }
}
