import type { NonceStore } from "@oauth1/verifier";
import { redisNonceStore } from "@oauth1/verifier/nonces/redis";
import { createClient } from "redis";

/** Nonces in Redis, and how to let go of it. */
export interface RedisNonces {
  readonly store: NonceStore;
  close(): void;
}

/**
 * Connects to a Redis server. A connection that breaks is made anew by the client; until then the
 * store throws, and the verifier answers 503.
 */
export async function openRedisNonces(url: string): Promise<RedisNonces> {
  const client = createClient({ url, disableOfflineQueue: true });
  client.on("error", () => {});
  await client.connect();
  return { store: redisNonceStore(client), close: () => client.destroy() };
}
