import { aString, hasFunction, integerFrom, optional } from "@oauth1/options";
import type { NonceStore } from "../nonce-store.js";
import { requireOptionsOf, wrongOption } from "../require-options.js";
import { systemClock } from "../system-clock.js";
import { boundedCalls, DEFAULT_TIMEOUT } from "./bounded-calls.js";
import { NonceStoreError } from "./nonce-store-error.js";
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

/** A connected client: node-redis (5 or later) or ioredis, to a server, a Sentinel or a Cluster. */
export type RedisClient = NodeRedisClient | IoredisClient;

/** The part of node-redis that is used. */
export interface NodeRedisClient {
  /** The command `SET`, with the current options and their equivalents for earlier versions. */
  set(key: string, value: string, options: NodeRedisSetOptions<"NX">): Promise<unknown>;
  /** Commands that are sent together, for `replicas`. */
  multi?(): {
    /** Adds `SET`. */
    set(
      key: string,
      value: string,
      options: NodeRedisSetOptions<"XX">,
    ): {
      /** Adds `WAIT`. */
      wait(
        replicas: number,
        milliseconds: number,
      ): {
        /** Sends the commands without `MULTI`. */
        execAsPipeline(): Promise<unknown>;
      };
    };
  };
}

/** The options of `SET` in node-redis, current and earlier. */
export type NodeRedisSetOptions<Condition extends "NX" | "XX"> = {
  readonly condition: Condition;
  readonly expiration: { readonly type: "EX"; readonly value: number };
  readonly EX: number;
} & { readonly [Name in Condition]: true };

/** The part of ioredis that is used. */
export interface IoredisClient {
  /** Any command. */
  call(command: string, ...words: string[]): Promise<unknown>;
  /** Commands that are sent together, for `replicas`. */
  pipeline?(commands: [command: string, ...words: string[]][]): {
    /** Sends the commands. */
    exec(): Promise<[error: Error | null, answer: unknown][] | null>;
  };
}

/** Options of {@link redisNonceStore}. */
export interface RedisNonceStoreOptions extends SharedStoreOptions {
  /** The prefix of the keys. Default: `oauth1:nonce:`. */
  readonly keyPrefix?: string | undefined;
  /**
   * The number of replicas that must have a nonce before it counts as fresh. If they do not confirm
   * it within half of `timeout`, `spend` throws and the verifier accepts nothing. Choose the number of
   * replicas of each master, so that whichever of them is promoted has every accepted nonce. It
   * takes a second round trip and one to the replicas, during which the connection answers nothing
   * else: give the store a client of its own. Default: none.
   */
  readonly replicas?: number | undefined;
}

/**
 * Remembers nonces in Redis, for all processes that share it (RFC 5849 §3.3), with one `SET` with
 * `NX` and an expiry, and one key of fixed size per nonce. It works with a Cluster.
 *
 * It is as durable as Redis: what Redis forgets can be replayed. A failover forgets what the promoted
 * replica did not have, unless you set `replicas`. See "Nonces" in the README for the relevant
 * settings.
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
 * commands[0]?.slice(2); // ["", "EX", "362", "NX"]
 * ```
 */
export function redisNonceStore(
  client: RedisClient,
  options: RedisNonceStoreOptions = {},
): NonceStore {
  requireOptionsOf("redisNonceStore", options, {
    ...sharedStoreRules,
    keyPrefix: optional(aString),
    replicas: optional(integerFrom(1)),
  });
  if (!hasFunction(client, "call") && !hasFunction(client, "set")) {
    throw wrongOption(
      "redisNonceStore",
      "client",
      "must be a connected client of node-redis or ioredis",
    );
  }
  const { keyPrefix = "oauth1:nonce:", clock = systemClock } = options;
  const { replicas, timeout = DEFAULT_TIMEOUT } = options;
  const { clockSkew, remembered } = allowanceOf(options);
  const bounded = boundedCalls(options);
  const watched = watchedClock(clock);
  const setIfNew = "call" in client ? byIoredis(client) : byNodeRedis(client);
  const confirm =
    replicas === undefined ? undefined : confirmed(client, replicas, Math.ceil(timeout / 2));

  return {
    async spend(nonce) {
      const { now, slowest } = watched.read();
      if (nonce.expires < now || watched.mayBeForgotten(nonce, clockSkew)) return "stale";
      const key = keyPrefix + hashNonce(nonce);
      const kept = nonce.expires - slowest + 1 + remembered;
      const answer = await bounded(async () => {
        const set = await setIfNew(key, kept);
        if (set === "OK" && confirm !== undefined) await confirm(key, kept);
        return set;
      });
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
    client.set(key, "", { condition: "NX", NX: true, ...nodeRedisExpiry(seconds) });
}

function byIoredis(client: IoredisClient): SetIfNew {
  return (key, seconds) => client.call("SET", key, "", "EX", String(seconds), "NX");
}

type Confirm = (key: string, seconds: number) => Promise<void>;

/**
 * Writes the key once more and waits for the replicas. `WAIT` counts those that have the last write
 * of its own connection, so both commands must take the same one. The libraries send a pipeline
 * over one connection, and do not resend a part of it over the next. With `XX`, the second write
 * fails if a failover since the first one has lost the key.
 */
function confirmed(client: RedisClient, replicas: number, timeout: number): Confirm {
  const setAndWait = "call" in client ? ioredisPipeline(client) : nodeRedisPipeline(client);
  return async (key, seconds) => {
    const [set, count] = await setAndWait(key, seconds, replicas, timeout);
    if (set === "OK" && Number(count) >= replicas) return;
    const problem =
      set === "OK" ? `only ${Number(count)} of ${replicas} replicas have it` : "Redis lost it";
    throw new NonceStoreError(
      "ERR_NONCES_REPLICAS",
      `the nonce was written, but ${problem}; check the replicas of Redis`,
    );
  };
}

type SetAndWait = (
  key: string,
  seconds: number,
  replicas: number,
  timeout: number,
) => Promise<readonly unknown[]>;

function nodeRedisPipeline(client: NodeRedisClient): SetAndWait {
  if (!hasFunction(client, "multi")) throw noPipelines("multi()");
  return async (key, seconds, replicas, timeout) => {
    const set = client.multi?.().set(key, "", {
      condition: "XX",
      XX: true,
      ...nodeRedisExpiry(seconds),
    });
    return (await set?.wait(replicas, timeout).execAsPipeline()) as unknown[];
  };
}

function ioredisPipeline(client: IoredisClient): SetAndWait {
  if (!hasFunction(client, "pipeline")) throw noPipelines("pipeline()");
  return async (key, seconds, replicas, timeout) => {
    const pipeline = client.pipeline?.([
      ["set", key, "", "EX", String(seconds), "XX"],
      ["wait", String(replicas), String(timeout)],
    ]);
    const answers = (await pipeline?.exec()) ?? [];
    return answers.map(([error, answer]) => {
      if (error) throw error;
      return answer;
    });
  };
}

function nodeRedisExpiry(seconds: number) {
  return { expiration: { type: "EX", value: seconds }, EX: seconds } as const;
}

function noPipelines(needed: string): Error {
  return wrongOption("redisNonceStore", "client", `must have ${needed} for the option replicas`);
}
