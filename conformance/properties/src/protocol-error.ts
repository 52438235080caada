/** How a child process broke the conformance protocol. */
export type ProtocolErrorCode =
  /** It could not be started. Remedy: run the command after `--` by itself, and correct its path. */
  | "ERR_NOT_STARTED"
  /**
   * It ended before it answered. Remedy: read what the program wrote to its standard error; it
   * must answer each line, also with `error` or `unsupported`, and end only after `stop`.
   */
  | "ERR_CRASHED"
  /**
   * It did not answer in time. Remedy: flush standard output after each answer, or raise the time
   * limit.
   */
  | "ERR_TIMEOUT"
  /**
   * It wrote a line that is no JSON object, or that answers nothing that was asked. Remedy: write
   * only answers to standard output, each with the `id` of its request, and diagnostics to
   * standard error.
   */
  | "ERR_NOISE"
  /**
   * It wrote the beginning of a line and no line break. Remedy: end each answer with a line
   * break.
   */
  | "ERR_HALF_LINE"
  /** It wrote a line of more than 1 MiB. Remedy: answer on one line of at most 1 MiB. */
  | "ERR_LONG_LINE"
  /**
   * It has closed its standard input, and runs on. Remedy: read standard input until `stop`
   * arrives.
   */
  | "ERR_INPUT_CLOSED"
  /**
   * It answered with a field that is missing or has the wrong type. Remedy: compare the answer
   * with the schema of the protocol.
   */
  | "ERR_ANSWER"
  /**
   * It broke the protocol so often that it is not asked any more. Remedy: correct the first
   * failures of the report, and run again.
   */
  | "ERR_GIVEN_UP";

/** Thrown if an implementation in a child process gives no answer: neither a result nor an error. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  /** What is wrong. Stable, to switch on. */
  readonly code: ProtocolErrorCode;

  /** What the process wrote to its standard error: of much, the beginning and the end. */
  readonly complaint: string;

  constructor(code: ProtocolErrorCode, message: string, complaint = "") {
    super(message);
    this.code = code;
    this.complaint = complaint;
  }
}

/** Whether an error says that an implementation is not asked any more. */
export function hasGivenUp(error: unknown): error is ProtocolError {
  return error instanceof ProtocolError && error.code === "ERR_GIVEN_UP";
}
