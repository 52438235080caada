import { join } from "node:path";
import {
  aFunction,
  aNonEmptyString,
  aString,
  integerFrom,
  optional,
  type Rules,
} from "@oauth1/options";
import type { PostgresClient } from "@oauth1/verifier/nonces/postgres";
import { notInArray } from "drizzle-orm";
import { ApiKeysError } from "./api-keys-error.js";
import { type Catalogue, readCatalogue } from "./catalogue/catalogue.js";
import { checkArguments } from "./check-arguments.js";
import { checkOptions } from "./check-options.js";
import { type Database, type OpenDatabase, openDatabase } from "./database/open-database.js";
import { apiKeySecrets } from "./database/schema.js";
import { type KeyRing, keyRingFromFile, keyRingFromText } from "./encryption/key-ring.js";

/** The resources that the functions of this package use. */
export interface Installation {
  readonly database: Database;
  /** Runs one statement: a pool of PostgreSQL connections, or the embedded database. */
  readonly client: PostgresClient;
  readonly keyRing: KeyRing;
  readonly catalogue: Catalogue;
  /** Returns the current time. */
  readonly clock: () => Date;
  /** Throws if the database does not answer. */
  ping(): Promise<void>;
  /**
   * Adds a task that runs when the installation closes, while the database is still open.
   *
   * @param task - Must not reject.
   */
  beforeClose(task: () => Promise<void>): void;
  /** Runs the tasks of `beforeClose`, and closes the database. */
  close(): Promise<void>;
}

/** The options of `openInstallation`. */
export interface InstallationOptions {
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
  /** The file of categories and permissions. The default is the package's own. */
  readonly catalogueFile?: string | URL | undefined;
  /** Returns the current time. The default is the system clock. */
  readonly clock?: (() => Date) | undefined;
}

/**
 * Opens an installation: database, encryption keys and catalogue. Creates and updates the tables.
 *
 * @throws `ApiKeysError` `ERR_ARGUMENT`, `ERR_DATA_FOLDER`, `ERR_DATABASE`,
 * `ERR_FOLDER_IN_USE`, `ERR_CATALOGUE`, or `ERR_ENCRYPTION_KEY` if the key of a stored secret is
 * missing.
 */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  checkOptions("openInstallation", options, RULES);
  const catalogue = readCatalogue(options.catalogueFile);
  const { keyRing, ...open } = await openData(options).catch((error: unknown) => {
    throw folderError(options.dataFolder, error) ?? error;
  });
  try {
    await requireKeys(open.database, keyRing);
  } catch (error) {
    await open.close();
    throw error;
  }
  const tasks: (() => Promise<void>)[] = [];
  return {
    ...open,
    keyRing,
    catalogue,
    clock: options.clock ?? (() => new Date()),
    beforeClose: (task) => void tasks.push(task),
    async close() {
      await Promise.all(tasks.map((task) => task()));
      await open.close();
    },
  };
}

async function openData(
  options: InstallationOptions,
): Promise<OpenDatabase & { keyRing: KeyRing }> {
  const { dataFolder, databaseUrl, maximumConnections, encryptionKeys } = options;
  const keyRing =
    encryptionKeys === undefined
      ? keyRingFromFile(keyFileOf(dataFolder))
      : keyRingFromText(encryptionKeys);
  const open = await openDatabase(
    databaseUrl === undefined ? { folder: dataFolder } : { url: databaseUrl, maximumConnections },
  );
  return { ...open, keyRing };
}

/** Returns an error for a failure of the file system, and `undefined` for other errors. */
function folderError(dataFolder: string, error: unknown): ApiKeysError | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof ApiKeysError || code === undefined || syscall === undefined)
    return undefined;
  return new ApiKeysError(
    "ERR_DATA_FOLDER",
    `cannot use the data folder ${dataFolder}: ${syscall} failed with ${code}; choose a folder that this process can write to`,
  );
}

const RULES: Rules = {
  dataFolder: aNonEmptyString,
  databaseUrl: optional({
    mustBe: "a URL that starts with postgres://",
    isValid: (value) => typeof value === "string" && /^postgres(ql)?:\/\//.test(value),
  }),
  maximumConnections: optional(integerFrom(1)),
  encryptionKeys: optional(aString),
  catalogueFile: optional({
    mustBe: "a path or a file: URL",
    isValid: (value) => typeof value === "string" || value instanceof URL,
  }),
  clock: optional({ ...aFunction, mustBe: "a function that returns a Date" }),
};

/** Returns the path of the file with the encryption keys in a data folder. */
export function keyFileOf(dataFolder: string): string {
  checkArguments({ dataFolder });
  return join(dataFolder, "encryption-keys");
}

/** Reports a missing key at the start, not at the first request. */
async function requireKeys(database: Database, keyRing: KeyRing): Promise<void> {
  const [unopenable] = await database
    .select({ id: apiKeySecrets.encryptionKeyId })
    .from(apiKeySecrets)
    .where(notInArray(apiKeySecrets.encryptionKeyId, [...keyRing.identifiers()]))
    .limit(1);
  if (unopenable) keyRing.find(unopenable.id);
}
