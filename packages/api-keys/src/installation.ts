import { fileURLToPath } from "node:url";
import { aFunction, optional, type Rules } from "@oauth1/options";
import { sqlStoreMigrations } from "@oauth1/provider/sql";
import {
  type Database,
  type KeyRing,
  openStorage,
  type StorageOptions,
  storageRules,
} from "@oauth1/storage";
import { createNonceTable, type PostgresClient } from "@oauth1/verifier/nonces/postgres";
import { notInArray } from "drizzle-orm";
import { type Catalogue, readCatalogue } from "./catalogue/catalogue.js";
import { checkOptions } from "./check-options.js";
import { apiKeySecrets, applicationSecrets } from "./database/schema.js";

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
export interface InstallationOptions extends StorageOptions {
  /** The file of categories and permissions. The default is the package's own. */
  readonly catalogueFile?: string | URL | undefined;
  /** Returns the current time. The default is the system clock. */
  readonly clock?: (() => Date) | undefined;
}

/**
 * Opens an installation: database, encryption keys and catalogue. Creates and updates the tables.
 *
 * @throws `ApiKeysError` `ERR_ARGUMENT` or `ERR_CATALOGUE`.
 * @throws `StorageError` `ERR_DATA_FOLDER`, `ERR_DATABASE`, `ERR_FOLDER_IN_USE`, or
 * `ERR_ENCRYPTION_KEY` if the key of a stored secret is missing.
 */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  checkOptions("openInstallation", options, RULES);
  const catalogue = readCatalogue(options.catalogueFile);
  const { dataFolder, databaseUrl, maximumConnections, encryptionKeys } = options;
  const open = await openStorage({ dataFolder, databaseUrl, maximumConnections, encryptionKeys }, [
    { statements: [createNonceTable()], folder: MIGRATIONS },
    sqlStoreMigrations,
  ]);
  try {
    await requireKeys(open.database, open.keyRing);
  } catch (error) {
    await open.close();
    throw error;
  }
  const tasks: (() => Promise<void>)[] = [];
  return {
    ...open,
    catalogue,
    clock: options.clock ?? (() => new Date()),
    beforeClose: (task) => void tasks.push(task),
    async close() {
      await Promise.all(tasks.map((task) => task()));
      await open.close();
    },
  };
}

const MIGRATIONS = fileURLToPath(new URL("../migrations", import.meta.url));

const RULES: Rules = {
  ...storageRules,
  catalogueFile: optional({
    mustBe: "a path or a file: URL",
    isValid: (value) => typeof value === "string" || value instanceof URL,
  }),
  clock: optional({ ...aFunction, mustBe: "a function that returns a Date" }),
};

/** Reports a missing key at the start, not at the first request. */
async function requireKeys(database: Database, keyRing: KeyRing): Promise<void> {
  for (const table of [apiKeySecrets, applicationSecrets]) {
    const [unopenable] = await database
      .select({ id: table.encryptionKeyId })
      .from(table)
      .where(notInArray(table.encryptionKeyId, [...keyRing.identifiers()]))
      .limit(1);
    if (unopenable) keyRing.find(unopenable.id);
  }
}
