import type { NonceStore } from "@oauth1/verifier";
import { redisNonceStore } from "@oauth1/verifier/nonces/redis";
import { createClient } from "@redis/client";
import { ConsoleError } from "./console-error.js";

/** Nonces in Redis, and how to disconnect. */
export interface RedisNonces {
  readonly store: NonceStore;
  close(): void;
}

/**
 * Connects to a Redis server. The client reconnects when a connection breaks later; until then the
 * store throws, and the verifier answers 503.
 *
 * @throws ConsoleError `ERR_CONSOLE_REDIS` where the server cannot be reached now.
 */
export async function openRedisNonces(url: string): Promise<RedisNonces> {
  let isOpen = false;
  try {
    const client = createClient({
      url,
      disableOfflineQueue: true,
      // A wrong address is reported at the start, instead of being tried for ever.
      socket: { reconnectStrategy: (retries) => isOpen && Math.min(100 * 2 ** retries, 2000) },
    });
    client.on("error", () => {});
    await client.connect();
    isOpen = true;
    return { store: redisNonceStore(client), close: () => client.destroy() };
  } catch (error) {
    throw new ConsoleError(
      "ERR_CONSOLE_REDIS",
      `cannot reach the Redis server: ${reasonOf(error)}; start it, or correct the Redis URL`,
    );
  }
}

/** A host with several addresses gives an error for each of them, under one without a message. */
function reasonOf(error: unknown): string {
  const all = error instanceof AggregateError ? error.errors : [error];
  return all.map(({ message }: Error) => message).join(", ");
}
