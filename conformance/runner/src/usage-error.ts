/** The kinds of wrong usage. */
export type UsageErrorCode =
  /**
   * An argument or a file is invalid. Remedy: correct what the message names;
   * `--help` lists the options.
   */
  | "ERR_USAGE"
  /**
   * The server to probe does not answer. Remedy: start the server, and check the URL;
   * `--timeout` sets how long to wait.
   */
  | "ERR_PROBE_NO_ANSWER"
  /**
   * The command cannot listen on the address. Remedy: stop the other program, or pass
   * another `--port` or `--host`.
   */
  | "ERR_LISTEN";

/**
 * Wrong usage, or an unsuitable environment. The message is one line for the user of the
 * command line, with exit code 2.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** The stable code of the error. */
  readonly code: UsageErrorCode;

  constructor(message: string, code: UsageErrorCode = "ERR_USAGE") {
    super(message);
    this.code = code;
  }
}
