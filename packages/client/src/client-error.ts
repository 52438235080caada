/** The reasons why a request cannot be signed and sent. */
export type ClientErrorCode =
  /**
   * The URL cannot be sent: it is not absolute, not `http` or `https`, or contains a password.
   * Remedy: pass an absolute URL without a user name or password.
   */
  | "ERR_URL"
  /**
   * A query or a form contains a broken escape, or text that is not Unicode. Remedy: write `%` as
   * `%25`, and replace lone surrogates.
   */
  | "ERR_ENCODING"
  /**
   * The method is malformed, or `fetch` sends no body with it to carry the protocol parameters.
   * Remedy: correct the method, or use a transmission other than `form-body`.
   */
  | "ERR_REQUEST_METHOD"
  /**
   * The request has a `Host` header, which not every platform sends, or two of them. Remedy:
   * remove the header. The host is taken from the URL.
   */
  | "ERR_HOST"
  /**
   * A redirect requires the body again, but it cannot be sent a second time. Remedy: pass the
   * body as text or bytes, or request the URL to which the server redirects.
   */
  | "ERR_BODY_SENT"
  /** Too many redirects. Remedy: request the final URL, and report the loop to the service. */
  | "ERR_TOO_MANY_REDIRECTS"
  /**
   * A redirect leads to something other than an `http` or `https` URL, or to a URL with
   * credentials. Remedy: report it to the service, or set `redirect: "manual"` and decide
   * yourself.
   */
  | "ERR_REDIRECT_LOCATION"
  /**
   * A redirect (301, 302, 303) removed the body that carries the protocol parameters. The
   * request before the redirect was sent; the request after it was not. Remedy: use the
   * transmission `header` or `query`.
   */
  | "ERR_REDIRECT_METHOD"
  /**
   * Another origin redirects to the signed origin, and the adapter cannot tell which request it
   * follows from. Remedy: use `signedFetch`, which follows such a redirect without a signature.
   */
  | "ERR_REDIRECT_ORIGIN"
  /**
   * The browser hides where a redirect leads, so the next request cannot be signed. Remedy:
   * request the final URL, or set `redirect: "manual"`.
   */
  | "ERR_REDIRECT_HIDDEN"
  /**
   * The body is a stream, but must be known before it is sent, to be signed or hashed. Remedy:
   * pass text or bytes, or `bodyHash: false` for a body that is not a form.
   */
  | "ERR_BODY_STREAM"
  /**
   * The installed HTTP library is older than its adapter supports. Remedy: update the library to
   * the version that the message names.
   */
  | "ERR_LIBRARY_VERSION"
  /**
   * An option is wrong, or is an option of the HTTP client that cannot be combined with signing.
   * Remedy: remove or correct the option that the message names.
   */
  | "ERR_CLIENT_OPTION";

/**
 * Thrown for a request that cannot be signed and sent, before any part of it is sent, and for a
 * redirect that cannot be followed, before it is followed. It is a `TypeError`, like the errors
 * of `fetch`, and never contains a secret. For what the signer itself rejects, it throws a
 * `SignerError`.
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
  /** A stable code that identifies the problem. */
  readonly code: ClientErrorCode;

  constructor(code: ClientErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
