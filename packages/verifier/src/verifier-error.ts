/** The mistakes in the setup of a verifier. */
export type VerifierErrorCode =
  /**
   * `publicOrigin` is not `http` or `https`, a host and an optional port. Remedy: write it like
   * `https://api.example.com`, without a path.
   */
  | "ERR_PUBLIC_ORIGIN"
  /**
   * `publicPath` is not a path such as `/prod`. Remedy: write it like `/prod`, with a slash at
   * the start and none at the end.
   */
  | "ERR_PUBLIC_PATH"
  /**
   * An address of `trustedProxies` is not an IP address or a range. Remedy: write addresses like
   * `10.0.0.5` or `10.0.0.0/8`.
   */
  | "ERR_TRUSTED_PROXIES"
  /**
   * An option is missing, misspelled or of the wrong type. Remedy: correct the option that the
   * message names.
   */
  | "ERR_VERIFIER_OPTION"
  /**
   * Something else read the body first, so that it cannot be verified. Remedy: mount the verifier
   * before body parsers, or keep the bytes in `rawBody`.
   */
  | "ERR_BODY_READ"
  /**
   * The installed framework is older than its adapter supports, or is another framework. Remedy:
   * update the framework, or use the adapter that belongs to it.
   */
  | "ERR_FRAMEWORK_VERSION"
  /**
   * `verifiedRequest()` was called with a request that no verifier of this package accepted, or
   * `launchOf()` with one that another verifier accepted. Remedy: mount the verifier's middleware
   * in front of this handler.
   */
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
