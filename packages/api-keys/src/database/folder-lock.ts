import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ApiKeysError } from "../api-keys-error.js";

/**
 * Keeps a second process out of a folder: an embedded database that two processes open is damaged.
 * The file names the process; one that a killed process left behind is taken over.
 *
 * @returns Takes the lock away.
 * @throws {@link ApiKeysError} `ERR_FOLDER_IN_USE` where another process has it.
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, "process.pid");
  for (;;) {
    try {
      writeFileSync(file, `${process.pid}\n`, { flag: "wx", mode: 0o600 });
      held.add(file);
      return () => {
        held.delete(file);
        rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = Number(readFileSync(file, "utf8"));
    if (isRunning(holder) && (holder !== process.pid || held.has(file))) {
      throw new ApiKeysError(
        "ERR_FOLDER_IN_USE",
        `process ${holder} has ${folder} open; one process at a time can (${file} says so). ` +
          "Several processes need a PostgreSQL server",
      );
    }
    rmSync(file, { force: true });
  }
}

/** In a container the next process may have the number of the last: those held are known here. */
const held = new Set<string>();

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
