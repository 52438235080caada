import type { NonceStore } from "@oauth1/verifier";
import { redisNonceStore } from "@oauth1/verifier/nonces/redis";
import { createClient } from "@redis/client";

/** Nonces in Redis, and how to let go of it. */
export interface RedisNonces {
  readonly store: NonceStore;
  close(): void;
}

/**
 * Connects to a Redis server. A connection that breaks later is made anew by the client; until then
 * the store throws, and the verifier answers 503.
 *
 * @throws Error where the server cannot be reached now.
 */
export async function openRedisNonces(url: string): Promise<RedisNonces> {
  let isOpen = false;
  const client = createClient({
    url,
    disableOfflineQueue: true,
    // At the start a wrong address is told, and not tried for ever.
    socket: { reconnectStrategy: (retries) => isOpen && Math.min(100 * 2 ** retries, 2000) },
  });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new Error(`cannot open the Redis server: ${(error as Error).message}`);
  }
  isOpen = true;
  return { store: redisNonceStore(client), close: () => client.destroy() };
}
