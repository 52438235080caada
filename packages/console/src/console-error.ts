/** The reasons why the console cannot start. */
export type ConsoleErrorCode =
  /**
   * An option is missing, misspelled or of the wrong type. Remedy: correct the option that the
   * message names.
   */
  | "ERR_CONSOLE_OPTION"
  /**
   * The address is in use, or this process cannot listen on it. Remedy: stop the other program,
   * or pass another `--port` or `--host`.
   */
  | "ERR_CONSOLE_ADDRESS"
  /**
   * The Redis server cannot be reached. Remedy: check that Redis runs, and that `REDIS_URL` is
   * right.
   */
  | "ERR_CONSOLE_REDIS"
  /** `LOG_LEVEL` is not a log level. Remedy: set it to one of the levels that the message names. */
  | "ERR_CONSOLE_LOG_LEVEL";

/** Thrown if the console cannot start. The message says what to do and never contains a secret. */
export class ConsoleError extends Error {
  override readonly name = "ConsoleError";
  /** The stable code of the error. */
  readonly code: ConsoleErrorCode;

  constructor(code: ConsoleErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
