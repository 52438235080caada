import type { NonceStore } from "@oauth1/verifier";
import { redisNonceStore } from "@oauth1/verifier/nonces/redis";
import { createClient } from "@redis/client";
import { ConsoleError } from "./console-error.js";

/** A nonce store in Redis, and a function to disconnect. */
export interface RedisNonces {
  readonly store: NonceStore;
  /** Throws if the server does not answer. */
  ping(): Promise<void>;
  close(): void;
}

/**
 * Connects to a Redis server. If the connection breaks later, the client reconnects. Until then the
 * store throws, and the verifier answers 503.
 *
 * @throws ConsoleError `ERR_CONSOLE_REDIS` if the server cannot be reached at the start.
 */
export async function openRedisNonces(url: string): Promise<RedisNonces> {
  let isOpen = false;
  try {
    const client = createClient({
      url,
      disableOfflineQueue: true,
      // A wrong address is reported at the start, instead of being retried forever.
      socket: { reconnectStrategy: (retries) => isOpen && Math.min(100 * 2 ** retries, 2000) },
    });
    client.on("error", () => {});
    await client.connect();
    isOpen = true;
    return {
      store: redisNonceStore(client),
      ping: async () => void (await client.ping()),
      close: () => client.destroy(),
    };
  } catch (error) {
    throw new ConsoleError(
      "ERR_CONSOLE_REDIS",
      `cannot reach the Redis server: ${reasonOf(error)}; start it, or correct the Redis URL`,
    );
  }
}

/** A host with several addresses causes an AggregateError without a message of its own. */
function reasonOf(error: unknown): string {
  const all = error instanceof AggregateError ? error.errors : [error];
  return all.map(({ message }: Error) => message).join(", ");
}
