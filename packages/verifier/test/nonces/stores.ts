import { randomUUID } from "node:crypto";
import { isMissing, startPostgres, startRedis, type TestServer } from "@oauth1/test-servers";
import type { NonceStore } from "@oauth1/verifier";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import {
  createNonceTable,
  type PostgresClient,
  postgresNonceStore,
} from "@oauth1/verifier/nonces/postgres";
import { type RedisClient, redisNonceStore } from "@oauth1/verifier/nonces/redis";
import { Redis } from "ioredis";
import pg from "pg";
import { createClient } from "redis";
import { openPglite } from "./pglite.js";

/** Options of all stores. */
export interface StoreOptions {
  readonly clock: () => number;
  readonly clockSkew?: number;
  readonly sweepInterval?: number;
  /** Default: 10 seconds, for slow machines. */
  readonly timeout?: number;
}

/** A kind of store, with everything that it needs running. */
export interface OpenedStores {
  /** Returns an empty store. */
  create(options: StoreOptions): Promise<NonceStore>;
  /** Returns the stores of several processes that share their nonces, or one store in memory. */
  createGroup(group: readonly StoreOptions[]): Promise<readonly NonceStore[]>;
  close(): Promise<void>;
}

/** A kind of store. */
export interface StoreKind {
  readonly name: string;
  readonly isMissing: boolean;
  open(): Promise<OpenedStores>;
}

const noRedis = isMissing("redis");
const noPostgres = isMissing("postgres");

export const kinds: readonly StoreKind[] = [
  {
    name: "memory",
    isMissing: false,
    open: async () => ({
      ...creating((group) => group.map(({ clock }) => memoryNonceStore({ clock, since: 0 }))),
      close: async () => {},
    }),
  },
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

type CreateGroup = (
  group: readonly StoreOptions[],
) => readonly NonceStore[] | Promise<readonly NonceStore[]>;

function creating(createGroup: CreateGroup): Pick<OpenedStores, "create" | "createGroup"> {
  return {
    createGroup: async (group) => createGroup(group),
    async create(options) {
      const [store] = await createGroup([options]);
      if (store === undefined) throw new Error("no store");
      return store;
    },
  };
}

function closeAll(disconnect: () => unknown, server: TestServer) {
  return async () => {
    await disconnect();
    await server.stop();
  };
}
