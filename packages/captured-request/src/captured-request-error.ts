/** The codes of what can be wrong with the text of a request. */
export type CapturedRequestErrorCode =
  /** The text is not in a supported format. */
  | "ERR_UNKNOWN_FORM"
  /** An option or an argument has the wrong type. */
  | "ERR_CAPTURED_INPUT"
  /** The first line of an HTTP message is not `METHOD target HTTP/version`, or is missing. */
  | "ERR_REQUEST_LINE"
  /** The method is not an HTTP token (RFC 9110 §5.6.2). */
  | "ERR_CAPTURED_METHOD"
  /** The request target or the URL is missing, relative, or contains a forbidden character. */
  | "ERR_CAPTURED_URL"
  /** A header is not `Name: value`. */
  | "ERR_CAPTURED_HEADER_FIELD"
  /** The `Host` header is missing, malformed or repeated. */
  | "ERR_CAPTURED_HOST"
  /** The body does not have the length, the encoding or the type that it declares. */
  | "ERR_CAPTURED_BODY"
  /** The text contains more than one request. */
  | "ERR_SEVERAL_REQUESTS"
  /** The shell would not just run curl with plain words: a variable, an open quote. */
  | "ERR_SHELL_SYNTAX"
  /** An option that curl does not have, that lacks its value, or whose effect cannot be read. */
  | "ERR_CURL_OPTION"
  /** A part of the request is in a file. */
  | "ERR_CAPTURED_FILE"
  /** The text is not JSON, or not a literal of JavaScript. */
  | "ERR_CAPTURED_LITERAL"
  /** A member of an object is missing or has the wrong type. */
  | "ERR_CAPTURED_MEMBER";

/**
 * Thrown for a text that is not a readable request. The message says what is wrong, where and what
 * to do. It never contains a part of a header's value, the URL or the body.
 */
export class CapturedRequestError extends Error {
  override readonly name = "CapturedRequestError";
  /** The stable code of the error. */
  readonly code: CapturedRequestErrorCode;
  /** The line, from 1; `undefined` if the request was given as separate arguments. */
  readonly line: number | undefined;
  /** The column in that line, from 1, in UTF-16 code units. */
  readonly column: number | undefined;

  constructor(
    code: CapturedRequestErrorCode,
    reason: string,
    place?: { readonly line: number; readonly column: number },
  ) {
    super(place === undefined ? reason : `line ${place.line}, column ${place.column}: ${reason}`);
    this.code = code;
    this.line = place?.line;
    this.column = place?.column;
  }
}
