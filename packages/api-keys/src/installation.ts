import { join } from "node:path";
import { z } from "@hono/zod-openapi";
import type { PostgresClient } from "@oauth1/verifier/nonces/postgres";
import { notInArray } from "drizzle-orm";
import { type Catalogue, readCatalogue } from "./catalogue/catalogue.js";
import { checkArguments } from "./check-arguments.js";
import { checkOptions, functionSchema } from "./check-options.js";
import { type Database, openDatabase } from "./database/open-database.js";
import { apiKeySecrets } from "./database/schema.js";
import { type KeyRing, keyRingFromFile, keyRingFromText } from "./encryption/key-ring.js";

const NON_EMPTY = "must be a non-empty string";
const POSTGRES_URL = "must be a URL that starts with postgres://";
const POSITIVE = "must be a whole number above zero";

/** All that the functions of this package work on. */
export interface Installation {
  readonly database: Database;
  /** Runs one statement: the connections to a PostgreSQL server, or the embedded database. */
  readonly client: PostgresClient;
  readonly keyRing: KeyRing;
  readonly catalogue: Catalogue;
  /** Now. */
  readonly clock: () => Date;
  /** Throws where the database does not answer. */
  ping(): Promise<void>;
  /** Closes the database. */
  close(): Promise<void>;
}

/** Where an installation keeps its data. */
export interface InstallationOptions {
  /** A folder for the embedded database and the encryption key. Made where it is missing. */
  readonly dataFolder: string;
  /** `postgres://…`: a PostgreSQL server in place of the embedded database. */
  readonly databaseUrl?: string | undefined;
  /** The most connections to a PostgreSQL server at once. 10 where left out. */
  readonly maximumConnections?: number | undefined;
  /**
   * Encryption keys, the current one first (see `keyRingFromText`). Where left out, the file
   * `encryption-keys` in the data folder, which is made where it is missing. Processes that share a
   * database share its keys.
   */
  readonly encryptionKeys?: string | undefined;
  /** The file that says which categories and permissions there are. The package's own where left out. */
  readonly catalogueFile?: string | URL | undefined;
  /** The system's clock where left out. */
  readonly clock?: (() => Date) | undefined;
}

/**
 * Opens an installation: database, encryption keys, catalogue. Tables are made and brought up to
 * date.
 *
 * @throws {@link ApiKeysError} `ERR_ARGUMENT`, `ERR_DATABASE`, `ERR_FOLDER_IN_USE`, `ERR_CATALOGUE`, or
 * `ERR_ENCRYPTION_KEY` where a key is missing that sealed one of the secrets.
 */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  checkOptions("openInstallation", installationOptionsSchema, options);
  const catalogue = readCatalogue(options.catalogueFile);
  const keyRing =
    options.encryptionKeys === undefined
      ? keyRingFromFile(keyFileOf(options.dataFolder))
      : keyRingFromText(options.encryptionKeys);
  const open = await openDatabase(
    options.databaseUrl === undefined
      ? { folder: options.dataFolder }
      : { url: options.databaseUrl, maximumConnections: options.maximumConnections },
  );
  try {
    await requireKeys(open.database, keyRing);
  } catch (error) {
    await open.close();
    throw error;
  }
  return { ...open, keyRing, catalogue, clock: options.clock ?? (() => new Date()) };
}

const installationOptionsSchema = z.strictObject({
  dataFolder: z.string(NON_EMPTY).min(1, NON_EMPTY),
  databaseUrl: z
    .string(POSTGRES_URL)
    .regex(/^postgres(ql)?:\/\//, POSTGRES_URL)
    .optional(),
  maximumConnections: z.int(POSITIVE).min(1, POSITIVE).optional(),
  encryptionKeys: z.string("must be a string").optional(),
  catalogueFile: z
    .union([z.string(), z.instanceof(URL)], "must be a path or a file: URL")
    .optional(),
  clock: functionSchema("must be a function that gives a Date").optional(),
});

/** The file of the encryption keys in a data folder. */
export function keyFileOf(dataFolder: string): string {
  checkArguments({ dataFolder });
  return join(dataFolder, "encryption-keys");
}

/** A lost key shows when the system starts, not when the first request comes. */
async function requireKeys(database: Database, keyRing: KeyRing): Promise<void> {
  const [unopenable] = await database
    .select({ id: apiKeySecrets.encryptionKeyId })
    .from(apiKeySecrets)
    .where(notInArray(apiKeySecrets.encryptionKeyId, [...keyRing.identifiers()]))
    .limit(1);
  if (unopenable) keyRing.find(unopenable.id);
}
