import { aFunction, aString, hasFunction, optional } from "@oauth1/options";
import type { NonceStore } from "../nonce-store.js";
import { type RulesOf, requireOptionsOf, wrongOption } from "../require-options.js";
import { systemClock } from "../system-clock.js";
import { boundedCalls } from "./bounded-calls.js";
import {
  allowanceOf,
  hashNonce,
  type SharedStoreOptions,
  sharedStoreRules,
} from "./shared-store.js";
import { watchedClock } from "./watched-clock.js";

export type { BoundedCallsOptions } from "./bounded-calls.js";
export { NonceStoreError, type NonceStoreErrorCode } from "./nonce-store-error.js";
export type { SharedStoreOptions } from "./shared-store.js";

/** Runs statements: a `Pool` of pg, or a PGlite. */
export interface PostgresClient {
  /** Runs one statement with values for `$1`, `$2` and so on. */
  query(text: string, values: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** Options of {@link postgresNonceStore}. */
export interface PostgresNonceStoreOptions extends SharedStoreOptions {
  /** The table's name, optionally with its schema. Default: `oauth1_nonces`. */
  readonly table?: string | undefined;
  /**
   * The seconds between two removals of expired nonces. A removal starts after a nonce is spent,
   * without delaying it. With `null`, only {@link PostgresNonceStore.sweep} removes nonces.
   * Default: 60.
   */
  readonly sweepInterval?: number | null | undefined;
  /** Receives the error of a failed automatic removal. Default: `console.error`. */
  readonly onSweepError?: ((error: unknown) => void) | undefined;
}

/** Nonces in a PostgreSQL table. */
export interface PostgresNonceStore extends NonceStore {
  /**
   * Removes expired nonces, ten thousand per statement, except those that another process is
   * removing.
   *
   * @returns The number of removed nonces.
   */
  sweep(): Promise<number>;
}

const RULES: RulesOf<PostgresNonceStoreOptions> = {
  ...sharedStoreRules,
  table: optional(aString),
  sweepInterval: optional({
    isValid: (value) => value === null || (Number.isSafeInteger(value) && Number(value) >= 1),
    mustBe: "a whole number of at least 1, or null",
  }),
  onSweepError: optional(aFunction),
};

const DEFAULT_TABLE = "oauth1_nonces";
const SWEPT_AT_ONCE = 10_000;

/**
 * Returns the statement that creates the table, for a migration. It does nothing if the table
 * exists.
 *
 * @param table - The table's name, optionally with its schema.
 * @throws VerifierError `ERR_VERIFIER_OPTION` if the name contains anything but letters, digits and
 * underscores.
 *
 * @example
 * ```ts
 * createNonceTable().split("\n")[0]; // 'CREATE TABLE IF NOT EXISTS "oauth1_nonces" ('
 * ```
 */
export function createNonceTable(table: string = DEFAULT_TABLE): string {
  // Time comes first, so that new rows are together, and so are expired ones.
  return `CREATE TABLE IF NOT EXISTS ${quoted("createNonceTable", table)} (
  timestamp bigint NOT NULL, -- oauth_timestamp
  hash uuid NOT NULL,        -- 128 bits of SHA-256 of client, token, timestamp and nonce
  expires bigint NOT NULL,   -- the last second in which the timestamp is accepted
  PRIMARY KEY (timestamp, hash)
)`;
}

/**
 * Remembers nonces in PostgreSQL, for all processes that share it (RFC 5849 §3.3), with one
 * `INSERT` and one row of fixed size per nonce. {@link createNonceTable} creates the table.
 *
 * @param client - A pool of connections. You own and close it.
 * @param options - Table, timeout and clock.
 * @returns A store whose `spend` throws {@link NonceStoreError}, or what the client throws, if
 * PostgreSQL is down or slow.
 * @throws VerifierError `ERR_VERIFIER_OPTION`
 * @see RFC 5849 §3.3
 *
 * @example
 * ```ts
 * // const client = new Pool({ connectionString }); // of "pg", or new PGlite()
 * const statements: string[] = [];
 * const client = {
 *   query: async (text: string) => {
 *     statements.push(text);
 *     return { rows: [{}] };
 *   },
 * };
 * const nonces = postgresNonceStore(client, { clock: () => 137131200, sweepInterval: null });
 * await nonces.spend({
 *   client: "dpf43f3p2l4k3l03",
 *   token: undefined,
 *   timestamp: 137131200,
 *   nonce: "wIjqoS",
 *   expires: 137131500,
 * }); // "fresh"
 * statements.length; // 1
 * ```
 */
export function postgresNonceStore(
  client: PostgresClient,
  options: PostgresNonceStoreOptions = {},
): PostgresNonceStore {
  requireOptionsOf("postgresNonceStore", options, RULES);
  if (!hasFunction(client, "query")) {
    throw wrongOption("postgresNonceStore", "client", "must be a Pool of pg, or a PGlite");
  }
  const { clock = systemClock, sweepInterval = 60 } = options;
  const { onSweepError = console.error } = options;
  const table = quoted("postgresNonceStore", options.table ?? DEFAULT_TABLE);
  const { clockSkew, remembered } = allowanceOf(options);
  const bounded = boundedCalls(options);
  const insert = `INSERT INTO ${table} (timestamp, hash, expires) VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING RETURNING 1`;
  // The first condition selects rows that are stored together. The second keeps those of a verifier
  // with a longer tolerance. A process whose clock is ahead removes nothing that has not expired by
  // the server's clock.
  const expired = "least($1::bigint, floor(extract(epoch FROM now()))::bigint) - $2::bigint";
  const remove = `WITH removed AS (
    DELETE FROM ${table} WHERE ctid = ANY (ARRAY (
      SELECT ctid FROM ${table} WHERE timestamp < ${expired} - $3::bigint AND expires < ${expired}
      ORDER BY timestamp LIMIT ${SWEPT_AT_ONCE} FOR UPDATE SKIP LOCKED)) RETURNING 1
    ) SELECT count(*)::integer AS count FROM removed`;
  let shortestTolerance: number | undefined;
  const watched = watchedClock(clock);
  let lastSweep = watched.read().now;

  async function sweep(): Promise<number> {
    let removed = 0;
    for (;;) {
      const values = [watched.read().slowest, remembered, shortestTolerance ?? 0];
      const { rows } = await client.query(remove, values);
      const { count } = rows[0] as { count: number };
      removed += count;
      if (count < SWEPT_AT_ONCE) return removed;
    }
  }

  return {
    sweep,
    async spend(nonce) {
      const { now } = watched.read();
      if (nonce.expires < now || watched.mayBeForgotten(nonce, clockSkew)) return "stale";
      const tolerance = nonce.expires - nonce.timestamp;
      shortestTolerance = Math.min(shortestTolerance ?? tolerance, tolerance);
      const values = [nonce.timestamp, hashNonce(nonce), nonce.expires];
      const { rows } = await bounded(() => client.query(insert, values));
      if (sweepInterval !== null && Math.abs(now - lastSweep) >= sweepInterval) {
        lastSweep = now;
        sweep().catch(onSweepError);
      }
      return rows.length === 1 ? "fresh" : "used";
    },
  };
}

/** One SQL identifier, or two with a dot. */
function quoted(of: string, table: string): string {
  if (typeof table !== "string" || !/^\w{1,63}(\.\w{1,63})?$/.test(table)) {
    throw wrongOption(
      of,
      "table",
      "must be a name of letters, digits and underscores, optionally with a schema and a dot before it",
    );
  }
  return table.replace(/\w+/g, '"$&"');
}
