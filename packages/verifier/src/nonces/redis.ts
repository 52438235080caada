import { aString, hasFunction, optional } from "@oauth1/options";
import type { NonceStore } from "../nonce-store.js";
import { requireOptionsOf, wrongOption } from "../require-options.js";
import { systemClock } from "../system-clock.js";
import { boundedCalls } from "./bounded-calls.js";
import { NonceStoreError } from "./nonce-store-error.js";
import { hashNonce, type SharedStoreOptions, sharedStoreRules } from "./shared-store.js";

export type { BoundedCallsOptions } from "./bounded-calls.js";
export { NonceStoreError, type NonceStoreErrorCode } from "./nonce-store-error.js";
export type { SharedStoreOptions } from "./shared-store.js";

/** A connected client: node-redis (5 or later) or ioredis, to a server, a Sentinel or a Cluster. */
export type RedisClient = NodeRedisClient | IoredisClient;

/** The part of node-redis that is used. */
export interface NodeRedisClient {
  /** The command `SET`, with the current options and their equivalents for earlier versions. */
  set(
    key: string,
    value: string,
    options: {
      readonly condition: "NX";
      readonly NX: true;
      readonly expiration: { readonly type: "EX"; readonly value: number };
      readonly EX: number;
    },
  ): Promise<unknown>;
}

/** The part of ioredis that is used. */
export interface IoredisClient {
  /** Any command. */
  call(command: string, ...words: string[]): Promise<unknown>;
}

/** Options of {@link redisNonceStore}. */
export interface RedisNonceStoreOptions extends SharedStoreOptions {
  /** The prefix of the keys. Default: `oauth1:nonce:`. */
  readonly keyPrefix?: string | undefined;
}

/**
 * Remembers nonces in Redis, for all processes that share it (RFC 5849 §3.3), with one `SET` with
 * `NX` and an expiry, and one key of fixed size per nonce. It works with a Cluster.
 *
 * It is as durable as Redis: what Redis forgets can be replayed. See "Nonces" in the README for the
 * relevant settings.
 *
 * @param client - A connected client. You own and close it.
 * @param options - Keys, timeout and clock.
 * @returns A store whose `spend` throws {@link NonceStoreError}, or what the client throws, if
 * Redis is down, full or slow.
 * @throws VerifierError `ERR_VERIFIER_OPTION`
 * @see RFC 5849 §3.3
 *
 * @example
 * ```ts
 * // const client = await createClient({ url }).connect(); // of "redis", or new Redis(url) of "ioredis"
 * const commands: string[][] = [];
 * const client = { call: async (...words: string[]) => (commands.push(words), "OK") };
 * const nonces = redisNonceStore(client, { clock: () => 137131200 });
 * await nonces.spend({
 *   client: "dpf43f3p2l4k3l03",
 *   token: undefined,
 *   timestamp: 137131200,
 *   nonce: "wIjqoS",
 *   expires: 137131500,
 * }); // "fresh"
 * commands[0]?.[1]; // "oauth1:nonce:5ee99f97884e223f2c586e1105f93363"
 * commands[0]?.slice(2); // ["", "EX", "361", "NX"]
 * ```
 */
export function redisNonceStore(
  client: RedisClient,
  options: RedisNonceStoreOptions = {},
): NonceStore {
  requireOptionsOf("redisNonceStore", options, {
    ...sharedStoreRules,
    keyPrefix: optional(aString),
  });
  if (!hasFunction(client, "call") && !hasFunction(client, "set")) {
    throw wrongOption(
      "redisNonceStore",
      "client",
      "must be a connected client of node-redis or ioredis",
    );
  }
  const { keyPrefix = "oauth1:nonce:", clockSkew = 60, clock = systemClock } = options;
  const bounded = boundedCalls(options);
  const setIfNew = "call" in client ? byIoredis(client) : byNodeRedis(client);

  return {
    async spend(nonce) {
      const seconds = nonce.expires - clock() + 1;
      if (seconds < 1) return "stale"; // it may already be forgotten
      const key = keyPrefix + hashNonce(nonce);
      const answer = await bounded(() => setIfNew(key, seconds + clockSkew));
      if (answer === "OK") return "fresh";
      if (answer === null) return "used";
      throw new NonceStoreError(
        "ERR_NONCES_ANSWER",
        "the answer of Redis to SET must be OK or null",
      );
    },
  };
}

type SetIfNew = (key: string, seconds: number) => Promise<unknown>;

function byNodeRedis(client: NodeRedisClient): SetIfNew {
  return (key, seconds) =>
    client.set(key, "", {
      condition: "NX",
      NX: true,
      expiration: { type: "EX", value: seconds },
      EX: seconds,
    });
}

function byIoredis(client: IoredisClient): SetIfNew {
  return (key, seconds) => client.call("SET", key, "", "EX", String(seconds), "NX");
}
