import { UsageError } from "./usage-error.js";

/** Standard input can be read only once. A second reader would get nothing. */
export function requireOneReader(readers: readonly boolean[], options: string): void {
  if (readers.filter(Boolean).length > 1) {
    throw new UsageError(`standard input can be read only once: use one of ${options}`);
  }
}
