/** The mistakes in the setup of a verifier. */
export type VerifierErrorCode =
  /** `publicOrigin` is not `http` or `https`, a host and an optional port. */
  | "ERR_PUBLIC_ORIGIN"
  /** `publicPath` is not a path such as `/prod`. */
  | "ERR_PUBLIC_PATH"
  /** An address of `trustedProxies` is not an IP address or a range. */
  | "ERR_TRUSTED_PROXIES"
  /** An option is missing, misspelled or of the wrong type. */
  | "ERR_VERIFIER_OPTION"
  /** Something else read the body first, so that it cannot be verified. */
  | "ERR_BODY_READ"
  /** The installed framework is older than its adapter supports, or is another framework. */
  | "ERR_FRAMEWORK_VERSION"
  /** `verifiedRequest()` was called with a request that no verifier of this package accepted. */
  | "ERR_NOT_VERIFIED";

/** Thrown for a mistake in the server's own setup, never for what a caller sent. */
export class VerifierError extends Error {
  override readonly name = "VerifierError";
  /** A stable code that identifies the problem. */
  readonly code: VerifierErrorCode;

  constructor(code: VerifierErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
