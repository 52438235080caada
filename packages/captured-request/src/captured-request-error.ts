/** The error codes of a request's text. */
export type CapturedRequestErrorCode =
  /**
   * The text is not in a supported format. Remedy: paste a raw HTTP message, a curl command, a
   * HAR entry, a `fetch` call or JSON.
   */
  | "ERR_UNKNOWN_FORM"
  /**
   * An option or an argument has the wrong type. Remedy: correct the argument or the option that
   * the message names.
   */
  | "ERR_CAPTURED_INPUT"
  /**
   * The first line of an HTTP message is not `METHOD target HTTP/version`, or is missing. Remedy:
   * begin the message with a line such as `GET /photos HTTP/1.1`.
   */
  | "ERR_REQUEST_LINE"
  /**
   * The method is not an HTTP token (RFC 9110 §5.6.2). Remedy: correct the method at the place
   * that the message names.
   */
  | "ERR_CAPTURED_METHOD"
  /**
   * The request target or the URL is missing, relative, or contains a forbidden character.
   * Remedy: copy the URL as it was sent, percent-encoded.
   */
  | "ERR_CAPTURED_URL"
  /**
   * A header is not `Name: value`. Remedy: write each header on a line of its own as `Name:
   * value`.
   */
  | "ERR_CAPTURED_HEADER_FIELD"
  /**
   * The `Host` header is missing, malformed or repeated. Remedy: add one `Host` header, or use an
   * absolute URL.
   */
  | "ERR_CAPTURED_HOST"
  /**
   * The body does not have the length, the encoding or the type that it declares. Remedy: copy
   * the whole body, or correct the header that describes it.
   */
  | "ERR_CAPTURED_BODY"
  /** The text contains more than one request. Remedy: pass one request at a time. */
  | "ERR_SEVERAL_REQUESTS"
  /**
   * The shell would do more than pass plain words to curl, for example because of a variable or
   * an open quote. Remedy: replace variables by their values, and close each quote.
   */
  | "ERR_SHELL_SYNTAX"
  /**
   * The command has an option that curl does not have, that lacks its value, or whose effect
   * cannot be read. Remedy: remove or correct the option that the message names.
   */
  | "ERR_CURL_OPTION"
  /** A part of the request is in a file. Remedy: replace the file's name by its contents. */
  | "ERR_CAPTURED_FILE"
  /**
   * The text is not JSON, or not a literal of JavaScript. Remedy: correct the text at the place
   * that the message names; code cannot be evaluated.
   */
  | "ERR_CAPTURED_LITERAL"
  /**
   * A member of an object is missing or has the wrong type. Remedy: correct the member that the
   * message names.
   */
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
