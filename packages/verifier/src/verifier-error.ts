/** What is wrong with how a verifier is set up. */
export type VerifierErrorCode =
  /** `publicOrigin` is not `http` or `https`, a host and perhaps a port. */
  | "ERR_PUBLIC_ORIGIN"
  /** `publicPath` is not a path such as `/prod`. */
  | "ERR_PUBLIC_PATH"
  /** An address of `trustedProxies` is no IP address and no range of them, or a field is unknown. */
  | "ERR_TRUSTED_PROXIES"
  /** A limit or the tolerance is no whole number above zero. */
  | "ERR_LIMIT"
  /** No signature method is listed. */
  | "ERR_SIGNATURE_METHODS"
  /** Something else read the body first, so that what was signed of it is gone. */
  | "ERR_BODY_READ";

/** Thrown for a mistake in the server's own set-up, never for what a caller sent. */
export class VerifierError extends Error {
  override readonly name = "VerifierError";
  /** What is wrong. Stable, to switch on. */
  readonly code: VerifierErrorCode;

  constructor(code: VerifierErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
