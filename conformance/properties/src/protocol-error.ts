/** The ways in which a child process can break the conformance protocol. */
export type ProtocolErrorCode =
  /**
   * The program could not be started. Remedy: run the command after `--` by itself, and correct
   * its path.
   */
  | "ERR_NOT_STARTED"
  /**
   * The program ended before it answered. Remedy: read what the program wrote to its standard
   * error; it must answer each line, also with `error` or `unsupported`, and end only after
   * `stop`.
   */
  | "ERR_CRASHED"
  /**
   * The program did not answer in time. Remedy: flush standard output after each answer, or
   * raise the time limit.
   */
  | "ERR_TIMEOUT"
  /**
   * The program wrote a line that is not a JSON object, or does not answer a request. Remedy: write
   * only answers to standard output, each with the `id` of its request, and diagnostics to
   * standard error.
   */
  | "ERR_NOISE"
  /**
   * The program wrote the beginning of a line without a line break. Remedy: end each answer
   * with a line break.
   */
  | "ERR_HALF_LINE"
  /** The program wrote a line of more than 1 MiB. Remedy: answer on one line of at most 1 MiB. */
  | "ERR_LONG_LINE"
  /**
   * The program closed its standard input but did not end. Remedy: read standard input until `stop`
   * arrives.
   */
  | "ERR_INPUT_CLOSED"
  /**
   * A field of the answer is missing or has the wrong type. Remedy: compare the answer
   * with the schema of the protocol.
   */
  | "ERR_ANSWER"
  /**
   * The program broke the protocol so often that the runner stopped asking it. Remedy: correct
   * the first failures of the report, and run again.
   */
  | "ERR_GIVEN_UP";

/** Thrown if an implementation in a child process gives no answer: neither a result nor an error. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  /** The stable code of the error. */
  readonly code: ProtocolErrorCode;

  /** The process's standard error. Only the beginning and the end of a long one are kept. */
  readonly complaint: string;

  constructor(code: ProtocolErrorCode, message: string, complaint = "") {
    super(message);
    this.code = code;
    this.complaint = complaint;
  }
}

/** Returns true if an error says that the implementation was given up. */
export function hasGivenUp(error: unknown): error is ProtocolError {
  return error instanceof ProtocolError && error.code === "ERR_GIVEN_UP";
}
