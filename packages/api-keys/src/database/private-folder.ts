import { chmodSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ApiKeysError } from "../api-keys-error.js";

/**
 * Makes the folder of an embedded database inside a data folder, and keeps all other users of the
 * machine out. The database gives its own files the mode 0666, whatever the umask, and they hold
 * password hashes: what protects them is the folder.
 *
 * A data folder that others can enter is closed to them too, unless it holds files of somebody
 * else: it may be the home directory.
 *
 * @returns The path of the database's folder.
 * @throws {@link ApiKeysError} `ERR_DATABASE` where others can enter the database's folder and this
 * process may not change that.
 */
export function makeDatabaseFolder(dataFolder: string): string {
  const folder = join(dataFolder, "pglite");
  mkdirSync(folder, { recursive: true, mode: PRIVATE });
  if (process.platform === "win32") return folder; // Access lists, which are inherited, decide.
  if (isOpenToOthers(folder)) {
    try {
      chmodSync(folder, PRIVATE);
    } catch {
      throw new ApiKeysError(
        "ERR_DATABASE",
        `the folder of the embedded database must not be readable by other users; run chmod 700 ${folder}`,
      );
    }
  }
  if (isOpenToOthers(dataFolder) && readdirSync(dataFolder).every((name) => OURS.test(name))) {
    try {
      chmodSync(dataFolder, PRIVATE);
    } catch {
      // Its owner is another user. What is secret in it has modes of its own.
    }
  }
  return folder;
}

const PRIVATE = 0o700;

/** What this package writes into a data folder. */
const OURS = /^(?:pglite|process\.(?:lock|pid)|encryption-keys(?:\.[0-9a-f]+)?)$/;

function isOpenToOthers(folder: string): boolean {
  return (statSync(folder).mode & 0o077) !== 0;
}
