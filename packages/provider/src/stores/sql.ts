/**
 * A store in PostgreSQL, or in an embedded database (PGlite).
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import {
  type DatabaseClient,
  type Migrations,
  openSecret,
  openStorage,
  type Storage,
  type StorageOptions,
  sealSecret,
} from "@oauth1/storage";
import { createNonceTable } from "@oauth1/verifier/nonces/postgres";
import type {
  IssuedToken,
  ProviderStore,
  TemporaryCredentials,
  TokenCredentials,
} from "../provider-store.js";

export { StorageError, type StorageErrorCode, type StorageOptions } from "@oauth1/storage";

/** A store in a database. */
export interface SqlStore extends ProviderStore {
  /**
   * Returns the newest tokens of a client, the newest first.
   *
   * @param limit - The maximum number.
   * @param after - The last token of the page before. Default: the first page.
   */
  listClientTokens(
    client: string,
    limit: number,
    after?: Pick<IssuedToken, "created" | "identifier">,
  ): Promise<readonly IssuedToken[]>;
  /**
   * Encrypts every secret again that was encrypted with another key than the current one. It can be
   * stopped and started again, and the provider can be used while it runs.
   *
   * @returns The number of rows that it changed.
   */
  reencryptSecrets(): Promise<number>;
}

/** A store that has opened its own database. */
export interface OpenSqlStore extends SqlStore {
  /** The database, for `postgresNonceStore()`. The table of nonces exists. */
  readonly client: DatabaseClient;
  /** Closes the database. */
  close(): Promise<void>;
}

/**
 * Opens a store in PostgreSQL or in an embedded database, and creates and updates its tables. Each
 * function is one statement, which finds its rows by an index. Secrets are encrypted, and bound to
 * their rows.
 *
 * @throws StorageError if the database, its folder or the encryption key cannot be used.
 *
 * @example
 * ```ts
 * import { mkdtemp, rm } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 *
 * const dataFolder = await mkdtemp(join(tmpdir(), "provider-"));
 * const store = await openSqlStore({ dataFolder }); // and databaseUrl, for PostgreSQL
 * await store.listTokens("jane"); // []
 * await store.close();
 * await rm(dataFolder, { recursive: true });
 * ```
 */
export async function openSqlStore(options: StorageOptions): Promise<OpenSqlStore> {
  const storage = await openStorage(options, sqlStoreMigrations);
  return { ...sqlStore(storage), client: storage.client, close: storage.close };
}

/** The tables of a store, for an application that opens its database with `@oauth1/storage`. */
export const sqlStoreMigrations: Migrations = {
  statements: [createNonceTable()],
  folder: fileURLToPath(new URL("../../migrations", import.meta.url)),
  table: "oauth1_provider_migrations",
};

/**
 * Creates a store in a database that is already open, or in a transaction of it: with
 * `transactionClient()` of `@oauth1/storage`, a change and your own entry about it exist together.
 *
 * @param storage - The database, opened with {@link sqlStoreMigrations}, and the encryption keys.
 *
 * @example
 * ```ts
 * import { mkdtemp, rm } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { openStorage } from "@oauth1/storage";
 *
 * const dataFolder = await mkdtemp(join(tmpdir(), "provider-"));
 * const storage = await openStorage({ dataFolder }, sqlStoreMigrations);
 * await sqlStore(storage).listClientTokens("dpf43f3p2l4k3l03", 25); // []
 * await storage.close();
 * await rm(dataFolder, { recursive: true });
 * ```
 */
export function sqlStore(storage: Pick<Storage, "client" | "keyRing">): SqlStore {
  return { ...storeOf(storage), reencryptSecrets: () => reencryptSecrets(storage) };
}

/** Both tables, with their columns in the order of the parameters. */
const TEMPORARY = "oauth1_temporary_credentials";
const TOKENS = "oauth1_token_credentials";
const TOKEN_COLUMNS =
  "identifier, client, resource_owner, created_at, expires_at, session_handle_hash, encryption_key_id, sealed";

function storeOf({
  client,
  keyRing,
}: Pick<Storage, "client" | "keyRing">): Omit<SqlStore, "reencryptSecrets"> {
  const query = async <Row>(text: string, values: unknown[]) =>
    (await client.query(text, values)).rows as Row[];

  /** The values of a new token, for `TOKEN_COLUMNS`. */
  function tokenValues(token: TokenCredentials): unknown[] {
    const { identifier } = token;
    const { encryptionKeyId, sealed } = sealSecret(token.sharedSecret, tokenPlace(token), keyRing);
    const { client: itsClient, resourceOwner, created, expires, sessionHandleHash } = token;
    const nullable = [expires ?? null, sessionHandleHash ?? null];
    return [identifier, itsClient, resourceOwner, created, ...nullable, encryptionKeyId, sealed];
  }

  return {
    async addTemporaryCredentials(credentials) {
      const { identifier, client: itsClient, callback, expires } = credentials;
      const secrets = JSON.stringify([credentials.sharedSecret, credentials.consentKey]);
      const { encryptionKeyId, sealed } = sealSecret(secrets, temporaryPlace(credentials), keyRing);
      await query(
        `insert into ${TEMPORARY} (identifier, client, callback, expires_at, encryption_key_id, sealed)
         values ($1, $2, $3, $4, $5, $6)`,
        [identifier, itsClient, callback, expires, encryptionKeyId, sealed],
      );
    },
    async findTemporaryCredentials(identifier) {
      const [row] = await query<TemporaryRow>(
        `select identifier, client, callback, expires_at, decision, resource_owner, code_hash, encryption_key_id, sealed
         from ${TEMPORARY} where identifier = $1`,
        [identifier],
      );
      if (row === undefined) return undefined;
      const secrets = openSecret(sealedOf(row), temporaryPlace(row), keyRing);
      const [sharedSecret = "", consentKey = ""] = JSON.parse(secrets) as string[];
      return {
        identifier,
        sharedSecret,
        consentKey,
        client: row.client,
        callback: row.callback,
        expires: row.expires_at,
        decision: row.decision,
        resourceOwner: row.resource_owner ?? undefined,
        codeHash: row.code_hash ?? undefined,
      };
    },
    async decide(identifier, { decision, resourceOwner, codeHash }) {
      const decided = await query(
        `update ${TEMPORARY} set decision = $2, resource_owner = $3, code_hash = $4
         where identifier = $1 and decision = 'pending' returning identifier`,
        [identifier, decision, resourceOwner, codeHash ?? null],
      );
      return decided.length === 1;
    },
    async spendGuess(identifier, most) {
      const spent = await query(
        `update ${TEMPORARY} set guesses = guesses + 1
         where identifier = $1 and guesses < $2 returning identifier`,
        [identifier, most],
      );
      return spent.length === 1;
    },
    async exchange(temporary, token) {
      // One statement: of concurrent ones, the first deletes the row, and the others find none.
      const issued = await query(
        `with spent as (delete from ${TEMPORARY} where identifier = $9 returning identifier)
         insert into ${TOKENS} (${TOKEN_COLUMNS})
         select $1, $2, $3, $4::timestamptz, $5::timestamptz, $6, $7, $8 from spent returning identifier`,
        [...tokenValues(token), temporary],
      );
      return issued.length === 1;
    },
    async findToken(identifier) {
      const [row] = await query<TokenRow>(
        `select ${TOKEN_COLUMNS} from ${TOKENS} where identifier = $1`,
        [identifier],
      );
      if (row === undefined) return undefined;
      return {
        ...issuedToken(row),
        sharedSecret: openSecret(sealedOf(row), tokenPlace(row), keyRing),
        sessionHandleHash: row.session_handle_hash ?? undefined,
      };
    },
    async replaceToken(identifier, sessionHandleHash, token) {
      const replaced = await query(
        `update ${TOKENS} set (${TOKEN_COLUMNS})
         = ($1, $2, $3, $4::timestamptz, $5::timestamptz, $6, $7, $8)
         where identifier = $9 and session_handle_hash = $10 returning identifier`,
        [...tokenValues(token), identifier, sessionHandleHash],
      );
      return replaced.length === 1;
    },
    async listTokens(resourceOwner) {
      const rows = await query<TokenRow>(
        `select ${TOKEN_COLUMNS} from ${TOKENS} where resource_owner = $1 order by created_at`,
        [resourceOwner],
      );
      return rows.map(issuedToken);
    },
    async listClientTokens(itsClient, limit, after) {
      const rows = await query<TokenRow>(
        `select ${TOKEN_COLUMNS} from ${TOKENS}
         where client = $1 and (created_at, identifier) < ($2::timestamptz, $3::text)
         order by created_at desc, identifier desc limit $4`,
        [itsClient, after?.created ?? "infinity", after?.identifier ?? "", limit],
      );
      return rows.map(issuedToken);
    },
    async revokeToken(resourceOwner, identifier) {
      const revoked = await query(
        `delete from ${TOKENS} where identifier = $1 and resource_owner = $2 returning identifier`,
        [identifier, resourceOwner],
      );
      return revoked.length === 1;
    },
    async removeExpired(now) {
      const removed = await query(
        // By place: joined by identifier, a batch would read the whole table.
        `delete from ${TEMPORARY} where ctid = any (array(
          select ctid from ${TEMPORARY} where expires_at <= $1
          order by expires_at limit 1000 for update skip locked)) returning identifier`,
        [now],
      );
      return removed.length;
    },
  };
}

/** Encrypts rows that do not have the current key, a batch at a time, in the order of identifiers. */
async function reencryptSecrets({
  client,
  keyRing,
}: Pick<Storage, "client" | "keyRing">): Promise<number> {
  const { id } = keyRing.current();
  let count = 0;
  for (const [table, placeOf] of [
    [TEMPORARY, temporaryPlace] as const,
    [TOKENS, tokenPlace] as const,
  ]) {
    for (let last: string | undefined = ""; last !== undefined; ) {
      const { rows } = await client.query(
        `select identifier, client, encryption_key_id, sealed from ${table}
         where identifier > $1 order by identifier limit ${REENCRYPTED_AT_ONCE}`,
        [last],
      );
      const batch = rows as (SealedRow & { readonly client: string })[];
      last = batch.at(-1)?.identifier;
      for (const row of batch) {
        if (row.encryption_key_id === id) continue;
        const place = placeOf(row);
        const anew = sealSecret(openSecret(sealedOf(row), place, keyRing), place, keyRing);
        // Not if it was replaced since.
        const changed = await client.query(
          `update ${table} set encryption_key_id = $1, sealed = $2
           where identifier = $3 and sealed = $4 returning identifier`,
          [anew.encryptionKeyId, anew.sealed, row.identifier, row.sealed],
        );
        count += changed.rows.length;
      }
    }
  }
  return count;
}

const REENCRYPTED_AT_ONCE = 500;

interface SealedRow {
  readonly identifier: string;
  readonly encryption_key_id: string;
  readonly sealed: string;
}

interface TemporaryRow extends SealedRow {
  readonly client: string;
  readonly callback: string;
  readonly expires_at: Date;
  readonly decision: TemporaryCredentials["decision"];
  readonly resource_owner: string | null;
  readonly code_hash: string | null;
}

interface TokenRow extends SealedRow {
  readonly client: string;
  readonly resource_owner: string;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly session_handle_hash: string | null;
}

function issuedToken(row: TokenRow): IssuedToken {
  return {
    identifier: row.identifier,
    client: row.client,
    resourceOwner: row.resource_owner,
    created: row.created_at,
    expires: row.expires_at ?? undefined,
  };
}

function sealedOf({ encryption_key_id: encryptionKeyId, sealed }: SealedRow) {
  return { encryptionKeyId, sealed };
}

/** A secret that is moved to another row, or to another client's, cannot be decrypted. */
function tokenPlace({ identifier, client }: { identifier: string; client: string }) {
  return {
    path: ["oauth1 provider token", identifier, client],
    name: `the secret of token ${identifier}`,
  };
}

function temporaryPlace({ identifier, client }: { identifier: string; client: string }) {
  return {
    path: ["oauth1 provider temporary", identifier, client],
    name: `the secrets of temporary credentials ${identifier}`,
  };
}
