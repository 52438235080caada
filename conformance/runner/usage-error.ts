/**
 * Wrong usage, or a file that is not as it must be: one line for the person at the command line,
 * exit code 2.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
