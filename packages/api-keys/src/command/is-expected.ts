import { StorageError } from "@oauth1/storage";
import { ApiKeysError } from "../api-keys-error.js";

/** Returns true if the user of a command can correct the cause of an error. */
export function isExpected(error: unknown): error is Error & { readonly code: string } {
  return error instanceof ApiKeysError || error instanceof StorageError;
}
