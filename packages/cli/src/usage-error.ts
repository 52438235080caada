/** Wrong usage or bad input: one line for the person at the command line, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
