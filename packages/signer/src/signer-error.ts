/** The error codes of a signer's options and of a request to sign. */
export type SignerErrorCode =
  /**
   * An identifier or a secret is not a string, or is the text `[redacted]`. Remedy: pass the
   * decoded text of identifier and secret, not a printed copy of the object.
   */
  | "ERR_CREDENTIALS"
  /**
   * An option is misspelled, or of the wrong type. Remedy: correct the option that the message
   * names.
   */
  | "ERR_SIGNER_OPTION"
  /**
   * `clock` did not return a positive integer. Remedy: return whole seconds since 1970, not
   * milliseconds, or omit `clock`.
   */
  | "ERR_TIMESTAMP"
  /**
   * `nonce` did not return a non-empty string. Remedy: return a new, unique string for each
   * request, or omit `nonce`.
   */
  | "ERR_NONCE"
  /**
   * An additional protocol parameter does not begin with `oauth_`, repeats, or is already set.
   * Remedy: correct the name, or use the option that sets this parameter.
   */
  | "ERR_PROTOCOL_PARAMETER"
  /**
   * The request already has a parameter with the name of a protocol parameter. Remedy: rename the
   * parameter, or pass the value in the signer's option.
   */
  | "ERR_PARAMETER_COLLISION"
  /**
   * The request already has an `Authorization` header, or protocol parameters in it. Remedy:
   * remove the header or the `oauth_*` parameters; the signer adds its own.
   */
  | "ERR_AUTHORIZATION_PRESENT"
  /**
   * The content type is that of a form and the body (such as a stream) is not, or the reverse.
   * Remedy: pass a form as `URLSearchParams` or text, or correct the content type.
   */
  | "ERR_FORM_BODY"
  /**
   * The protocol parameters have to go into the body, and the body is not a form. Remedy: use the
   * transmission `header`, or send a form.
   */
  | "ERR_BODY_NOT_FORM"
  /**
   * A body hash is requested but impossible: for a form, a stream, or PLAINTEXT. Remedy: set
   * `bodyHash: false`, or pass the body as text or bytes and use another signature method.
   */
  | "ERR_BODY_HASH"
  /**
   * PLAINTEXT would reveal the secrets, because the URL is not `https`. Remedy: use `https`, or
   * another signature method; `allowInsecureTransport` is for tests.
   */
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
