import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../usage-error.js";

/**
 * Writes the file of `--report`.
 *
 * @throws {@link UsageError} if it cannot be written.
 */
export function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`--report ${file}: cannot be written: ${(error as Error).message}`);
  }
}

/**
 * Writes the files of `--report` into a folder, which is created if it is missing.
 *
 * @throws {@link UsageError} if the folder cannot be created, or a file cannot be written.
 */
export function writeReportFolder(folder: string, files: ReadonlyMap<string, string>): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`--report ${folder}: cannot be made: ${(error as Error).message}`);
  }
  for (const [name, text] of files) writeReport(join(folder, name), text);
}
