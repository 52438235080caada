/** What kind of wrong usage it is. */
export type UsageErrorCode =
  /** An argument, or a file that is not as it must be. */
  | "ERR_USAGE"
  /** The server that is to be probed gives no answer. */
  | "ERR_PROBE_NO_ANSWER"
  /** The address to serve at cannot be listened at. */
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
