import { ApiKeysError } from "@oauth1/api-keys";
import { VerifierError } from "@oauth1/verifier";
import { ConsoleError } from "../console-error.js";

/** Whether an error says what the person at the command line can correct. */
export function isExpected(error: unknown): error is ConsoleError | ApiKeysError | VerifierError {
  return [ConsoleError, ApiKeysError, VerifierError].some((kind) => error instanceof kind);
}
