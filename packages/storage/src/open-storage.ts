import {
  aNonEmptyString,
  aString,
  integerFrom,
  optional,
  type Rules,
  record,
  requireOptions,
  requireValue,
} from "@oauth1/options";
import { type KeyRing, keyFileOf, keyRingFromFile, keyRingFromText } from "./key-ring.js";
import { type Migrations, type OpenDatabase, openDatabase } from "./open-database.js";
import { StorageError } from "./storage-error.js";

/** Where data is stored, and the keys that encrypt its secrets. */
export interface StorageOptions {
  /** A folder for the embedded database and the encryption key. It is created if it is missing. */
  readonly dataFolder: string;
  /** `postgres://…`: a PostgreSQL server to use instead of the embedded database. */
  readonly databaseUrl?: string | undefined;
  /** The maximum number of connections to a PostgreSQL server. The default is 10. */
  readonly maximumConnections?: number | undefined;
  /**
   * Encryption keys, the current one first (see `keyRingFromText`). The default is the file
   * `encryption-keys` in the data folder, which is created if it is missing. Processes that share a
   * database must have the same keys.
   */
  readonly encryptionKeys?: string | undefined;
}

/** An open database with up-to-date tables, and the keys that encrypt secrets in it. */
export interface Storage extends OpenDatabase {
  readonly keyRing: KeyRing;
}

/** The rules of {@link StorageOptions}, for packages that have these options among their own. */
export const storageRules: Rules = {
  dataFolder: aNonEmptyString,
  databaseUrl: optional({
    mustBe: "a URL that starts with postgres://",
    isValid: (value) => typeof value === "string" && /^postgres(ql)?:\/\//.test(value),
  }),
  maximumConnections: optional(integerFrom(1)),
  encryptionKeys: optional(aString),
};

/**
 * Opens a database, and creates and updates its tables. Several processes can do so concurrently
 * with a PostgreSQL server. Only one process at a time can open a data folder.
 *
 * @param migrations - The tables of the calling package, and of others that share its database.
 * @throws `StorageError` `ERR_STORAGE_ARGUMENT`, `ERR_DATA_FOLDER`, `ERR_DATABASE`,
 * `ERR_FOLDER_IN_USE` or `ERR_ENCRYPTION_KEY`.
 *
 * @example
 * ```ts
 * import { mkdtemp, rm } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 *
 * const dataFolder = await mkdtemp(join(tmpdir(), "photos-"));
 * const storage = await openStorage({ dataFolder }, { statements: ["create table photos (id text)"] });
 * await storage.client.query("insert into photos values ($1)", ["vacation.jpg"]);
 * (await storage.client.query("select id from photos", [])).rows; // [{ id: "vacation.jpg" }]
 * await storage.close();
 * await rm(dataFolder, { recursive: true });
 * ```
 */
export async function openStorage(
  options: StorageOptions,
  migrations: Migrations | readonly Migrations[],
): Promise<Storage> {
  requireOptions(options, storageRules, wrong);
  const all = [migrations].flat();
  for (const each of all) requireValue("migrations", each, MIGRATIONS, wrong);
  const { dataFolder, databaseUrl, maximumConnections, encryptionKeys } = options;
  try {
    const keyRing =
      encryptionKeys === undefined
        ? keyRingFromFile(keyFileOf(dataFolder))
        : keyRingFromText(encryptionKeys);
    const location =
      databaseUrl === undefined ? { folder: dataFolder } : { url: databaseUrl, maximumConnections };
    return { ...(await openDatabase(location, all)), keyRing };
  } catch (error) {
    throw folderError(dataFolder, error) ?? error;
  }
}

const MIGRATIONS = record({
  statements: optional({
    mustBe: "a list of statements",
    isValid: (value) => Array.isArray(value) && value.every((each) => typeof each === "string"),
  }),
  folder: optional(aNonEmptyString),
  table: optional(aNonEmptyString),
});

function wrong(name: string, problem: string): StorageError {
  return new StorageError("ERR_STORAGE_ARGUMENT", `openStorage: ${name} ${problem}`);
}

/** Returns an error for a failure of the file system, and `undefined` for other errors. */
function folderError(dataFolder: string, error: unknown): StorageError | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof StorageError || code === undefined || syscall === undefined)
    return undefined;
  return new StorageError(
    "ERR_DATA_FOLDER",
    `cannot use the data folder ${dataFolder}: ${syscall} failed with ${code}; choose a folder that this process can write to`,
  );
}
