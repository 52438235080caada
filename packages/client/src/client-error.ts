/** What is wrong with a request that is to be signed and sent. */
export type ClientErrorCode =
  /** The URL cannot be sent: it is not absolute, neither `http` nor `https`, or holds a password. */
  | "ERR_URL"
  /** A query or a form holds a broken escape, or text that has no octets. */
  | "ERR_ENCODING"
  /** The method is malformed, or `fetch` sends no body with it where protocol parameters go there. */
  | "ERR_REQUEST_METHOD"
  /** A `Host` header field that may or may not be sent, or two of them. */
  | "ERR_HOST"
  /** A body that cannot be sent a second time, where a redirect asks for it. */
  | "ERR_BODY_SENT"
  /** More redirects than are followed. */
  | "ERR_TOO_MANY_REDIRECTS"
  /** A redirect leads to what is no URL of `http` or `https`, or to one with credentials in it. */
  | "ERR_REDIRECT_LOCATION"
  /**
   * A redirect (301, 302, 303) turned a request into one without a body, where protocol parameters
   * have their place in the body. It is thrown before that request; the one before it was sent.
   */
  | "ERR_REDIRECT_METHOD"
  /** Another origin redirects to the one that is signed for, and nothing tells whose request it is. */
  | "ERR_REDIRECT_ORIGIN"
  /** A browser hides where a redirect leads, so that it cannot be signed again. */
  | "ERR_REDIRECT_HIDDEN"
  /** The body is a stream, where it must be known before it is sent: to be signed or hashed. */
  | "ERR_BODY_STREAM"
  /** The installed HTTP library is older than its adapter supports. */
  | "ERR_LIBRARY_VERSION"
  /** An option that is wrong, or one of the HTTP client that signing cannot honour. */
  | "ERR_CLIENT_OPTION";

/**
 * Thrown for a request that cannot be signed and sent, before anything of it is sent (and for a
 * redirect that cannot be followed, before that is). It is a `TypeError`, as errors of `fetch` are,
 * and never holds a secret. What the signer itself rejects is its `SignerError`.
 *
 * @example
 * ```ts
 * const error = new ClientError("ERR_BODY_STREAM", "a stream has no hash before it is sent");
 * error.code; // "ERR_BODY_STREAM"
 * error instanceof TypeError; // true
 * ```
 */
export class ClientError extends TypeError {
  override readonly name = "ClientError";
  /** What is wrong. Stable, to switch on. */
  readonly code: ClientErrorCode;

  constructor(code: ClientErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
