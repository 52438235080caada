/// <reference path="./fs-native-extensions.d.ts" />
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import fileLocks from "fs-native-extensions";
import { StorageError } from "./storage-error.js";

/**
 * Keeps a second process out of a folder: two processes that open one embedded database damage it.
 *
 * It is an operating system lock on an open file. The lock ends with the process, however the
 * process ends, so no stale lock can exist. The file stays: if it were removed, a third process
 * could lock another file with the same name.
 *
 * @returns A function that releases the lock.
 * @throws `StorageError` `ERR_FOLDER_IN_USE` if another process, or another storage in this
 * process, has the folder open.
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, "process.lock");
  const descriptor = openSync(file, "a+", 0o600);
  try {
    if (!fileLocks.tryLock(descriptor)) {
      throw new StorageError(
        "ERR_FOLDER_IN_USE",
        `${holderOf(file)} has ${folder} open, and only one process at a time can open it; ` +
          "stop that process, or use a PostgreSQL server for several processes",
      );
    }
    // The number is used only for the message above.
    ftruncateSync(descriptor);
    writeSync(descriptor, `${process.pid}\n`);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  return () => closeSync(descriptor);
}

/** Describes the process that has the lock. Windows does not let others read a locked file. */
function holderOf(file: string): string {
  try {
    const pid = readFileSync(file, "utf8").trim();
    return /^\d+$/.test(pid) ? `process ${pid}` : "another process";
  } catch {
    return "another process";
  }
}
