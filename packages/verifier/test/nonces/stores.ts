import { randomUUID } from "node:crypto";
import { isMissing, startPostgres, startRedis, type TestServer } from "@oauth1/test-servers";
import {
  createNonceTable,
  type PostgresClient,
  postgresNonceStore,
} from "@oauth1/verifier/nonces/postgres";
import { type RedisClient, redisNonceStore } from "@oauth1/verifier/nonces/redis";
import { Redis } from "ioredis";
import pg from "pg";
import { createClient } from "redis";
import { memoryStores } from "./memory-stores.js";
import { openPglite } from "./pglite.js";
import { creating, type StoreKind } from "./store-kind.js";

const noRedis = isMissing("redis");
const noPostgres = isMissing("postgres");

export const kinds: readonly StoreKind[] = [
  memoryStores,
  {
    name: "redis by node-redis",
    isMissing: noRedis,
    open: async () => {
      const server = await startRedis({ settings: { appendonly: "no" } });
      const client = await connectNodeRedis(server.url);
      return { ...inRedis(client), close: closeAll(() => client.close(), server) };
    },
  },
  {
    name: "redis by ioredis",
    isMissing: noRedis,
    open: async () => {
      const server = await startRedis({ settings: { appendonly: "no" } });
      const client = new Redis(server.url);
      return { ...inRedis(client), close: closeAll(() => client.quit(), server) };
    },
  },
  {
    name: "postgres by pg",
    isMissing: noPostgres,
    open: async () => {
      const server = await startPostgres({ settings: { fsync: "off" } });
      const pool = connectPg(server.url);
      return { ...inPostgres(pool), close: closeAll(() => pool.end(), server) };
    },
  },
  {
    name: "postgres by PGlite",
    isMissing: false,
    open: async () => {
      const { client, close } = await openPglite();
      return { ...inPostgres(client), close };
    },
  },
];

/** An `error` event without a listener would end the process. */
export function connectPg(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url });
  pool.on("error", () => {});
  return pool;
}

/** An `error` event without a listener would end the process. */
export async function connectNodeRedis(url: string) {
  const client = createClient({ url });
  client.on("error", () => {});
  await client.connect();
  return client;
}

function inRedis(client: RedisClient) {
  return creating((group) => {
    const keyPrefix = `${randomUUID()}:`;
    return group.map(({ clock, clockSkew, timeout = 10_000 }) =>
      redisNonceStore(client, { clock, clockSkew, keyPrefix, timeout }),
    );
  });
}

function inPostgres(client: PostgresClient) {
  return creating(async (group) => {
    const table = `nonces_${randomUUID().replaceAll("-", "")}`;
    await client.query(createNonceTable(table), []);
    return group.map((options) =>
      postgresNonceStore(client, { timeout: 10_000, ...options, table }),
    );
  });
}

function closeAll(disconnect: () => unknown, server: TestServer) {
  return async () => {
    await disconnect();
    await server.stop();
  };
}
