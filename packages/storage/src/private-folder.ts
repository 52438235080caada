import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { StorageError } from "./storage-error.js";

/**
 * Creates the folder of an embedded database inside a data folder, and keeps all other users of the
 * machine out. The database gives its files the mode 0666, whatever the umask is, and they can
 * contain password hashes. Therefore the folder must protect them.
 *
 * The data folder is closed to other users too, unless it contains other files: it could be the
 * home directory.
 *
 * @returns The path of the database's folder.
 * @throws `StorageError` `ERR_DATABASE` if other users can enter the database's folder and
 * this process cannot change that.
 */
export function makeDatabaseFolder(dataFolder: string): string {
  const folder = join(dataFolder, "pglite");
  makePrivateFolder(folder);
  if (process.platform === "win32") return folder; // Inherited access lists decide.
  if (isOpenToOthers(folder)) {
    try {
      chmodSync(folder, PRIVATE);
    } catch {
      throw new StorageError(
        "ERR_DATABASE",
        `the folder of the embedded database must not be readable by other users; run chmod 700 ${folder}`,
      );
    }
  }
  if (isOpenToOthers(dataFolder) && readdirSync(dataFolder).every((name) => OURS.test(name))) {
    try {
      chmodSync(dataFolder, PRIVATE);
    } catch {
      // Its owner is another user. The secret files in it have their own modes.
    }
  }
  return folder;
}

/**
 * Creates a folder and the missing folders above it, which other users cannot enter. The recursive
 * `mkdir` of Node never returns below a folder where a file system creates none, such as `/proc`.
 */
export function makePrivateFolder(folder: string): void {
  if (existsSync(folder)) return;
  makePrivateFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: PRIVATE });
  } catch (error) {
    // Another process may have created it in the meantime.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

const PRIVATE = 0o700;

/** The names of what this package writes into a data folder. */
const OURS = /^(?:pglite|process\.(?:lock|pid)|encryption-keys(?:\.[0-9a-f]+)?)$/;

function isOpenToOthers(folder: string): boolean {
  return (statSync(folder).mode & 0o077) !== 0;
}
