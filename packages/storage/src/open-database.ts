import { sql } from "drizzle-orm";
import { drizzle as drizzlePostgres } from "drizzle-orm/node-postgres";
import { migrate as migratePostgres } from "drizzle-orm/node-postgres/migrator";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import pg from "pg";
import type { DatabaseClient } from "./database-client.js";
import { openDurably } from "./durable-files.js";
import { lockFolder } from "./folder-lock.js";
import { makeDatabaseFolder } from "./private-folder.js";
import { StorageError } from "./storage-error.js";
import { keepVacuumed } from "./vacuum.js";

/** A database of either kind, or a transaction in it. */
export type Database = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** The tables of a package. */
export interface Migrations {
  /** Statements that do nothing if they ran before, such as `create table if not exists`. */
  readonly statements?: readonly string[] | undefined;
  /** A folder of numbered statements with a journal, as drizzle-kit writes it. Each runs once. */
  readonly folder?: string | undefined;
  /**
   * The table of the schema `drizzle` that remembers which ran. Packages that share a database need
   * one each. The default is `__drizzle_migrations`.
   */
  readonly table?: string | undefined;
}

/** An open database with up-to-date tables. */
export interface OpenDatabase {
  readonly database: Database;
  /** Runs one statement: a pool of PostgreSQL connections, or the embedded database. */
  readonly client: DatabaseClient;
  /** Throws if the database does not answer. */
  ping(): Promise<void>;
  /** Closes the database, and lets another process open its folder. */
  close(): Promise<void>;
}

/** A PostgreSQL server, or a folder that only this process opens. */
export type DatabaseLocation =
  | { readonly url: string; readonly maximumConnections?: number | undefined }
  | { readonly folder: string };

/** Opens a database and updates its tables. Several processes can do so concurrently. */
export function openDatabase(
  location: DatabaseLocation,
  migrations: readonly Migrations[],
): Promise<OpenDatabase> {
  return "url" in location
    ? openPostgres(location.url, location.maximumConnections ?? 10, migrations)
    : openFolder(location.folder, migrations);
}

async function openPostgres(
  url: string,
  maximumConnections: number,
  migrations: readonly Migrations[],
): Promise<OpenDatabase> {
  const pool = new pg.Pool({
    connectionString: url,
    max: maximumConnections,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
  });
  // A connection can break while no statement runs, even in a transaction. Then the next statement
  // fails, or the pool opens another connection. Without a listener the process would end.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  try {
    for (const each of migrations) await migrateLocked(pool, each);
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
 * Updates the tables in a transaction that has a lock, so that a second process waits for the first.
 * A lock of the session would stay with another client's connection behind PgBouncer in transaction
 * mode. The migration begins a transaction of its own: PostgreSQL then warns and continues in this
 * one, and the migration's commit ends it.
 */
async function migrateLocked(pool: pg.Pool, migrations: Migrations): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    for (const statement of migrations.statements ?? []) await client.query(statement);
    if (migrations.folder === undefined) await client.query("commit");
    else await migratePostgres(drizzlePostgres(client), configOf(migrations.folder, migrations));
  } finally {
    await client.query("rollback").catch(() => {}); // nothing is left of it after a commit
    client.release();
  }
}

/**
 * Drizzle's own transaction does not release a connection that breaks before the transaction
 * begins. After a few restarts of the server, the pool would have no connections left.
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

async function openFolder(
  folder: string,
  migrations: readonly Migrations[],
): Promise<OpenDatabase> {
  const databaseFolder = makeDatabaseFolder(folder);
  const unlock = lockFolder(folder);
  try {
    const client = await openDurably(databaseFolder);
    const database = drizzlePglite(client);
    for (const each of migrations) {
      for (const statement of each.statements ?? []) await client.query(statement);
      if (each.folder !== undefined) await migratePglite(database, configOf(each.folder, each));
    }
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

function configOf(folder: string, { table }: Migrations) {
  return { migrationsFolder: folder, ...(table !== undefined && { migrationsTable: table }) };
}

/** An arbitrary number that no other application on the server locks: "oau1" in ASCII. */
const MIGRATION_LOCK = 0x6f617531;

function cannotOpen(what: string, remedy: string, error: unknown): StorageError {
  const cause: unknown = (error as { cause?: unknown }).cause ?? error;
  // A host with several addresses causes an AggregateError without a message of its own.
  const all: readonly Error[] = cause instanceof AggregateError ? cause.errors : [cause as Error];
  const reason = all.map(({ message }) => message).join(", ");
  return new StorageError("ERR_DATABASE", `cannot open ${what}: ${reason}; ${remedy}`);
}
