/** What is wrong with a request that has no signature base string. */
export type BaseStringErrorCode =
  /** The method is no HTTP token (RFC 9110 §5.6.2). */
  | "ERR_METHOD"
  /** The URL is not an absolute `http` or `https` URL. */
  | "ERR_URL_SCHEME"
  /** The URL's host is missing or malformed, or its port is no number from 0 to 65535. */
  | "ERR_URL_AUTHORITY"
  /** The URL holds a character that is never sent as it is: a space, a control or non-ASCII. */
  | "ERR_URL_CHARACTER";

/** Thrown for a request that has no signature base string (RFC 5849 §3.4.1). */
export class BaseStringError extends Error {
  override readonly name = "BaseStringError";
  /** What is wrong. Stable, to switch on. */
  declare readonly code: BaseStringErrorCode;
  /** Where: index of the first wrong UTF-16 code unit in the URL or the method. */
  declare readonly index: number;

  constructor(code: BaseStringErrorCode, index: number) {
    super(`${code} at index ${index}`);
    this.code = code;
    this.index = index;
  }
}
