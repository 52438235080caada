/** The error codes of a request that has no signature base string. */
export type BaseStringErrorCode =
  /**
   * The method is not an HTTP token (RFC 9110 §5.6.2). Remedy: pass a method such as `GET` or
   * `POST`.
   */
  | "ERR_METHOD"
  /**
   * The URL is not an absolute `http` or `https` URL. Remedy: pass the absolute URL of the
   * request, with its scheme.
   */
  | "ERR_URL_SCHEME"
  /**
   * The URL's host is missing or malformed, or its port is not a number from 0 to 65535. Remedy:
   * correct the host or the port at the place that the message names.
   */
  | "ERR_URL_AUTHORITY"
  /**
   * The URL contains a character that must be percent-encoded: a space, a control character or
   * a non-ASCII character. Remedy: percent-encode the character, for example with `new
   * URL(url).href`.
   */
  | "ERR_URL_CHARACTER";

/**
 * Thrown for a request that has no signature base string (RFC 5849 §3.4.1). The message never
 * contains a part of the URL, whose query can contain a secret.
 *
 * @example
 * ```ts
 * const error = new BaseStringError("ERR_URL_SCHEME", 0);
 * error.message; // "url: no http or https scheme at index 0; pass an absolute URL"
 * ```
 */
export class BaseStringError extends Error {
  override readonly name = "BaseStringError";
  /** The stable code of the error. */
  declare readonly code: BaseStringErrorCode;
  /** Index of the first wrong UTF-16 code unit in the URL or the method. */
  declare readonly index: number;

  constructor(code: BaseStringErrorCode, index: number) {
    super(SENTENCES[code].replace(";", ` at index ${index};`));
    this.code = code;
    this.index = index;
  }
}

/** For each code: what is wrong; what to do. */
const SENTENCES: Readonly<Record<BaseStringErrorCode, string>> = {
  ERR_METHOD: "method: not an HTTP token; pass one such as GET",
  ERR_URL_SCHEME: "url: no http or https scheme; pass an absolute URL",
  ERR_URL_AUTHORITY: "url: missing or malformed host or port; pass host or host:port",
  ERR_URL_CHARACTER: "url: character that must be percent-encoded; encode it",
};
