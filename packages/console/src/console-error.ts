/** The reasons why the console cannot start. */
export type ConsoleErrorCode =
  /** An option is missing, misspelled or of the wrong type. */
  | "ERR_CONSOLE_OPTION"
  /** The address is in use, or this process cannot listen on it. */
  | "ERR_CONSOLE_ADDRESS"
  /** The Redis server cannot be reached. */
  | "ERR_CONSOLE_REDIS"
  /** `LOG_LEVEL` is not a log level. */
  | "ERR_CONSOLE_LOG_LEVEL";

/** Thrown if the console cannot start. The message says what to do and never contains a secret. */
export class ConsoleError extends Error {
  override readonly name = "ConsoleError";
  /** A stable code to switch on. */
  readonly code: ConsoleErrorCode;

  constructor(code: ConsoleErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
