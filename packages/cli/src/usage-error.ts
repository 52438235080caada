/** Wrong usage or bad input. The command line prints its message as one line, and ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
