import type { NonceStore } from "@oauth1/verifier";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import { createNonceTable, postgresNonceStore } from "@oauth1/verifier/nonces/postgres";
import { redisNonceStore } from "@oauth1/verifier/nonces/redis";
import pg from "pg";
import { createClient } from "redis";

/** Where nonces are remembered, and how to let go of it. */
export interface OpenNonces {
  readonly store: NonceStore;
  close(): Promise<void>;
}

/** Redis, else PostgreSQL, else the memory of this process. */
export async function openNonces(urls: {
  readonly redisUrl?: string | undefined;
  readonly databaseUrl?: string | undefined;
}): Promise<OpenNonces> {
  if (urls.redisUrl !== undefined) return redisNonces(urls.redisUrl);
  if (urls.databaseUrl !== undefined) return postgresNonces(urls.databaseUrl);
  return { store: memoryNonceStore(), close: async () => {} };
}

async function redisNonces(url: string): Promise<OpenNonces> {
  const client = createClient({ url, disableOfflineQueue: true });
  // It connects again by itself; until then the store throws, and the verifier answers 503.
  client.on("error", () => {});
  await client.connect();
  return {
    store: redisNonceStore(client),
    async close() {
      client.destroy();
    },
  };
}

async function postgresNonces(connectionString: string): Promise<OpenNonces> {
  const pool = new pg.Pool({ connectionString, max: 5 });
  // A connection that breaks while idle is replaced by the pool.
  pool.on("error", () => {});
  await pool.query(createNonceTable());
  return { store: postgresNonceStore(pool), close: () => pool.end() };
}
