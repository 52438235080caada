import { writeFileSync } from "node:fs";
import { UsageError } from "../usage-error.js";

/**
 * Writes the file of `--report`.
 *
 * @throws {@link UsageError} where it cannot be written.
 */
export function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`--report ${file}: cannot be written: ${(error as Error).message}`);
  }
}
