/** What is wrong with the text of a request. */
export type RequestTextErrorCode =
  /** Neither a URL, nor a curl command, nor an HTTP request. */
  | "ERR_UNKNOWN_FORM"
  /** A curl option that is not known here, or that lacks its value. */
  | "ERR_CURL_OPTION"
  /** The curl command names no URL, or more than one. */
  | "ERR_CURL_URL"
  /** Part of the command is for a shell: a pipe, a variable, a quote that is not closed. */
  | "ERR_SHELL_SYNTAX"
  /** A line between request line and body that is no header field. */
  | "ERR_HEADER_FIELD"
  /** The request-target is relative and no `Host` says to which host. */
  | "ERR_HOST_ABSENT";

/** Thrown for a text that no request can be read from. */
export class RequestTextError extends Error {
  override readonly name = "RequestTextError";
  /** What is wrong. Stable, to switch on. */
  readonly code: RequestTextErrorCode;

  constructor(code: RequestTextErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
