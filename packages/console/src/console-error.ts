/** Why the console cannot start. */
export type ConsoleErrorCode =
  /** An option is missing, misspelled or of the wrong type. */
  | "ERR_CONSOLE_OPTION"
  /** The address is in use, or is none that this process can listen at. */
  | "ERR_CONSOLE_ADDRESS"
  /** The Redis server cannot be reached. */
  | "ERR_CONSOLE_REDIS"
  /** `LOG_LEVEL` is not a level of the log. */
  | "ERR_CONSOLE_LOG_LEVEL";

/** Thrown where the console cannot start. Says what to do, and never contains a secret. */
export class ConsoleError extends Error {
  override readonly name = "ConsoleError";
  /** What is wrong. Stable, to switch on. */
  readonly code: ConsoleErrorCode;

  constructor(code: ConsoleErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
