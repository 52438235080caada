import type { SignerErrorCode } from "@oauth1/signer";

/** What is wrong with a request that is to be signed and sent. */
export type ClientErrorCode =
  /** The signer refuses the request: its own codes. `cause` is its error. */
  | SignerErrorCode
  /** The URL is not one that can be sent: not absolute, or neither `http` nor `https`. */
  | "ERR_URL"
  /** A query or a form holds a broken escape, or text that has no octets. */
  | "ERR_ENCODING"
  /** The method is none. */
  | "ERR_METHOD"
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
  /** The installed HTTP library is older than its adapter supports. */
  | "ERR_LIBRARY_VERSION"
  /** An option that is wrong, or one of the HTTP client that signing cannot honour. */
  | "ERR_OPTION";

/**
 * Thrown for a request that cannot be signed and sent, before anything of it is sent (and for a
 * redirect that cannot be followed, before that is). It is a `TypeError`, as errors of `fetch` are,
 * and never holds a secret.
 *
 * @example
 * ```ts
 * const error = new ClientError("ERR_BODY_HASH", "a stream has no hash before it is sent");
 * error.code; // "ERR_BODY_HASH"
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
