/** What kind of wrong usage it is. */
export type UsageErrorCode =
  /**
   * An argument is wrong, or a file is malformed. Remedy: correct what the message names; `--help`
   * lists the options.
   */
  | "ERR_USAGE"
  /**
   * The server under test does not answer. Remedy: start the server, and check the URL;
   * `--timeout` sets how long to wait.
   */
  | "ERR_PROBE_NO_ANSWER"
  /**
   * The address is in use, or this process cannot listen on it. Remedy: stop the other program, or pass
   * another `--port` or `--host`.
   */
  | "ERR_LISTEN";

/**
 * Wrong usage, or surroundings that are not as they must be: one line for the person at the command
 * line, exit code 2.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** Stable, to switch on. */
  readonly code: UsageErrorCode;

  constructor(message: string, code: UsageErrorCode = "ERR_USAGE") {
    super(message);
    this.code = code;
  }
}
