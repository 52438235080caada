/** What kind of wrong usage it is. */
export type UsageErrorCode =
  /**
   * An argument, or a file that is not as it must be. Remedy: correct what the message names;
   * `--help` lists the options.
   */
  | "ERR_USAGE"
  /**
   * The server that is to be probed gives no answer. Remedy: start the server, and check the URL;
   * `--timeout` sets how long to wait.
   */
  | "ERR_PROBE_NO_ANSWER"
  /**
   * The address to serve at cannot be listened at. Remedy: stop the other program, or pass
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
