import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { createNonceTable, type PostgresClient } from "@oauth1/verifier/nonces/postgres";
import { sql } from "drizzle-orm";
import { drizzle as drizzlePostgres } from "drizzle-orm/node-postgres";
import { migrate as migratePostgres } from "drizzle-orm/node-postgres/migrator";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import pg from "pg";
import { ApiKeysError } from "../api-keys-error.js";
import { lockFolder } from "./folder-lock.js";
import { makeDatabaseFolder } from "./private-folder.js";
import { keepVacuumed } from "./vacuum.js";

/** Either database, or a transaction in one. */
export type Database = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** A database that is open, with its tables up to date. */
export interface OpenDatabase {
  readonly database: Database;
  /** Runs one statement: the connections to a PostgreSQL server, or the embedded database. */
  readonly client: PostgresClient;
  /** Throws where the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Where the data is: a PostgreSQL server, or else a folder that this process alone opens. */
export type DatabaseLocation =
  | { readonly url: string; readonly maximumConnections?: number | undefined }
  | { readonly folder: string };

const migrations = {
  migrationsFolder: fileURLToPath(new URL("../../migrations", import.meta.url)),
};

/** Opens a database and brings its tables up to date. Several processes may do so at once. */
export function openDatabase(location: DatabaseLocation): Promise<OpenDatabase> {
  return "url" in location
    ? openPostgres(location.url, location.maximumConnections ?? 10)
    : openFolder(location.folder);
}

async function openPostgres(url: string, maximumConnections: number): Promise<OpenDatabase> {
  const pool = new pg.Pool({
    connectionString: url,
    max: maximumConnections,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
  });
  // A connection that breaks while nobody waits for an answer, in a transaction too: the next
  // statement fails, or the pool makes another connection. Without a listener the process ends.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  try {
    // One connection holds the lock and migrates, so that a second process waits for the first.
    const client = await pool.connect();
    try {
      await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
      await migratePostgres(drizzlePostgres(client), migrations);
      await client.query(createNonceTable());
    } finally {
      await client.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]).catch(() => {});
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw cannotOpen("the PostgreSQL server", "start it, or correct the database URL", error);
  }
  const database = drizzlePostgres(pool) as unknown as Database;
  database.transaction = (task) => inTransaction(pool, task);
  return {
    database,
    client: pool,
    ping: async () => void (await database.execute(sql`select 1`)),
    close: () => pool.end(),
  };
}

/**
 * Drizzle's own transaction does not give a connection back that breaks before it has begun: a
 * server that is restarted a few times would leave the pool without any.
 */
async function inTransaction<Result>(
  pool: pg.Pool,
  task: Parameters<typeof PgDatabase.prototype.transaction<Result>>[0],
): Promise<Result> {
  const client = await pool.connect();
  try {
    return await (drizzlePostgres(client) as unknown as Database).transaction(task);
  } finally {
    client.release();
  }
}

async function openFolder(folder: string): Promise<OpenDatabase> {
  const databaseFolder = makeDatabaseFolder(folder);
  const unlock = lockFolder(folder);
  try {
    const client = await PGlite.create(databaseFolder);
    const database = drizzlePglite(client);
    await migratePglite(database, migrations);
    await client.query(createNonceTable());
    const stopVacuuming = keepVacuumed(client);
    return {
      database: database as unknown as Database,
      client,
      ping: async () => void (await client.query("select 1")),
      async close() {
        stopVacuuming();
        await client.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw cannotOpen(folder, "restore it from a backup, or choose another data folder", error);
  }
}

/** Any number that no other user of the server locks: "oau1" in ASCII. */
const MIGRATION_LOCK = 0x6f617531;

function cannotOpen(what: string, remedy: string, error: unknown): ApiKeysError {
  const cause: unknown = (error as { cause?: unknown }).cause ?? error;
  // A host with several addresses gives an error for each of them, under one without a message.
  const all: readonly Error[] = cause instanceof AggregateError ? cause.errors : [cause as Error];
  const reason = all.map(({ message }) => message).join(", ");
  return new ApiKeysError("ERR_DATABASE", `cannot open ${what}: ${reason}; ${remedy}`);
}
