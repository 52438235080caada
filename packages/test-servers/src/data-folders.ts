import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Makes a data folder with an embedded database for tests to copy, because making one takes
 * seconds. Does nothing if it exists. Several processes can do so concurrently.
 *
 * @param template - The path of the folder. Its parent must exist.
 * @param open - Creates the database of a data folder, and opens it.
 */
export async function makeTemplate(
  template: string,
  open: (dataFolder: string) => Promise<{ close(): Promise<void> }>,
): Promise<void> {
  if (existsSync(template)) return;
  const made = mkdtempSync(`${template}-`);
  await (await open(made)).close();
  // Only the database stays, because each data folder has its own encryption key.
  const ready = mkdtempSync(`${template}-`);
  renameSync(join(made, "pglite"), join(ready, "pglite"));
  rmSync(made, { recursive: true });
  try {
    renameSync(ready, template);
  } catch (error) {
    // Another process was faster.
    if (!existsSync(template)) throw error;
    rmSync(ready, { recursive: true });
  }
}

/** Returns a new temporary data folder with the database of a template. */
export function copyTemplate(template: string): string {
  const dataFolder = mkdtempSync(join(tmpdir(), "oauth1-data-"));
  cpSync(template, dataFolder, { recursive: true });
  return dataFolder;
}
