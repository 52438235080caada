import { ApiKeysError, StorageError } from "@oauth1/api-keys";
import { VerifierError } from "@oauth1/verifier";
import { ConsoleError } from "../console-error.js";

/** Returns true if the user of the command can correct the cause of an error. */
export function isExpected(
  error: unknown,
): error is ConsoleError | ApiKeysError | StorageError | VerifierError {
  return [ConsoleError, ApiKeysError, StorageError, VerifierError].some(
    (kind) => error instanceof kind,
  );
}
