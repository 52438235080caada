// The options and the limits of the stores, which need no server.
import type { SpendableNonce } from "@oauth1/verifier";
import { memoryNonceStore, NonceStoreError } from "@oauth1/verifier/nonces/memory";
import { createNonceTable, postgresNonceStore } from "@oauth1/verifier/nonces/postgres";
import { redisNonceStore } from "@oauth1/verifier/nonces/redis";
import { afterEach, describe, expect, it, vi } from "vitest";

const START = 1_191_242_096;
const clock = () => START;
const nonce: SpendableNonce = {
  client: "dpf43f3p2l4k3l03",
  token: undefined,
  timestamp: START,
  nonce: "kllo9940pd9333jh",
  expires: START + 300,
};
const redis = { call: async () => "OK" };
const pool = { query: async () => ({ rows: [] }) };

afterEach(() => vi.useRealTimers());

describe("a wrong option", () => {
  it.each<[string, () => unknown]>([
    [
      "memoryNonceStore: capacity must be a whole number of at least 1",
      () => memoryNonceStore({ capacity: 0 }),
    ],
    [
      "memoryNonceStore: since must be a whole number of at least 0",
      () => memoryNonceStore({ since: -1 }),
    ],
    [
      "redisNonceStore: client must be a connected client of node-redis or ioredis",
      () => redisNonceStore({} as never),
    ],
    [
      "redisNonceStore: client must have pipeline() for the option replicas",
      () => redisNonceStore(redis, { replicas: 1 }),
    ],
    [
      "redisNonceStore: client must have multi() for the option replicas",
      () => redisNonceStore({ set: async () => "OK" }, { replicas: 1 }),
    ],
    [
      "redisNonceStore: replicas must be a whole number of at least 1",
      () => redisNonceStore(redis, { replicas: 0 }),
    ],
    [
      "redisNonceStore: timeout must be a whole number of at least 1",
      () => redisNonceStore(redis, { timeout: 0 }),
    ],
    [
      "redisNonceStore: maxPending must be a whole number of at least 1",
      () => redisNonceStore(redis, { maxPending: 0 }),
    ],
    [
      "redisNonceStore: clockSkew must be a whole number of at least 0",
      () => redisNonceStore(redis, { clockSkew: -1 }),
    ],
    [
      "redisNonceStore: clock must be a function",
      () => redisNonceStore(redis, { clock: START } as never),
    ],
    [
      "postgresNonceStore: client must be a Pool of pg, or a PGlite",
      () => postgresNonceStore({} as never),
    ],
    ...[0, 1.5, "60"].map((sweepInterval): [string, () => unknown] => [
      "postgresNonceStore: sweepInterval must be a whole number of at least 1, or null",
      () => postgresNonceStore(pool, { sweepInterval } as never),
    ]),
    [
      "postgresNonceStore: onSweepError must be a function",
      () => postgresNonceStore(pool, { onSweepError: "log" } as never),
    ],
    [
      "postgresNonceStore: table must be a string",
      () => postgresNonceStore(pool, { table: 7 } as never),
    ],
    ...["a;b", "a.b.c", ".b", "a.", "x".repeat(64), `a.${"x".repeat(64)}`, "a\n"].map(
      (table): [string, () => unknown] => [
        "postgresNonceStore: table must be a name of letters, digits and underscores, optionally with a schema and a dot before it",
        () => postgresNonceStore(pool, { table }),
      ],
    ),
    ...[7, "", " a"].map((table): [string, () => unknown] => [
      "createNonceTable: table must be a name of letters, digits and underscores, optionally with a schema and a dot before it",
      () => createNonceTable(table as never),
    ]),
  ])("is rejected: %s", (message, create) => {
    expect(create).toThrow(expect.objectContaining({ code: "ERR_VERIFIER_OPTION", message }));
  });

  it("is not the least number of each", () => {
    memoryNonceStore({ capacity: 1, since: 0, clock });
    redisNonceStore(redis, { timeout: 1, maxPending: 1, clockSkew: 0, keyPrefix: "", clock });
    for (const sweepInterval of [1, null]) {
      const table = `${"s".repeat(63)}.${"t".repeat(63)}`;
      postgresNonceStore(pool, { sweepInterval, table, onSweepError: () => {} });
    }
  });
});

describe("the defaults", () => {
  it("of the memory are two million nonces", () => {
    expect(createNonceTable()).toContain('"oauth1_nonces"');
    const store = memoryNonceStore({ clock });
    expect(store.spend(nonce)).toBe("fresh");
    expect(store.size).toBe(1);
  });

  it("of Redis are the prefix oauth1:nonce: and a skew of a minute", async () => {
    const call = vi.fn(async (..._words: string[]) => "OK");
    await redisNonceStore({ call }, { clock }).spend(nonce);
    expect(call.mock.calls).toEqual([
      ["SET", expect.stringMatching(/^oauth1:nonce:[\da-f]{32}$/), "", "EX", "362", "NX"],
    ]);
  });

  it("of PostgreSQL are the table oauth1_nonces and a sweep each minute", async () => {
    let now = START;
    const query = vi.fn(async (text: string, _values: unknown[]) => ({
      rows: text.startsWith("INSERT") ? [1] : [{ count: 0 }],
    }));
    const store = postgresNonceStore({ query }, { clock: () => now });
    now += 59;
    await store.spend(nonce);
    expect(query.mock.calls.map(([text]) => text)).toEqual([
      expect.stringMatching(/^INSERT INTO "oauth1_nonces" /),
    ]);
    now += 1;
    await store.spend(nonce);
    await store.spend(nonce);
    expect(query.mock.calls.map(([text]) => text.slice(0, 4))).toEqual([
      "INSE",
      "INSE",
      "WITH",
      "INSE",
    ]);
  });
});

describe("the memory", () => {
  const spendBy = (store: ReturnType<typeof memoryNonceStore>, client: string, name: string) => {
    store.spend({ ...nonce, client, nonce: name });
  };

  it("says that it is full, and when to retry", () => {
    const store = memoryNonceStore({ capacity: 1, clock });
    spendBy(store, "a", "1");
    expect(() => spendBy(store, "b", "1")).toThrow(
      expect.objectContaining({
        name: "NonceStoreError",
        code: "ERR_NONCES_FULL",
        message: "the nonce store is full, with 1 nonces: raise capacity",
        // The last second of eight that are forgotten together, and the tolerance.
        retryAfter: 8 + 300,
      }),
    );
  });

  it("says that a client has used up its share, and when to retry", () => {
    let now = START;
    const store = memoryNonceStore({ capacity: 2, clock: () => now });
    spendBy(store, "a", "1");
    now += 3;
    expect(() => spendBy(store, "a", "2")).toThrow(
      expect.objectContaining({
        code: "ERR_NONCES_SHARE",
        message: "the client has used up its share of the nonce store",
        retryAfter: 8 + 300 - 3,
      }),
    );
  });
});

describe("the calls of a shared store", () => {
  const hanging = () => ({ call: vi.fn(() => new Promise(() => {})) });

  it("fail after a second by default, or after another time", async () => {
    for (const [options, milliseconds] of [
      [{}, 1000],
      [{ timeout: 50 }, 50],
    ] as const) {
      vi.useFakeTimers();
      const store = redisNonceStore(hanging(), { clock, ...options });
      const settled = vi.fn();
      Promise.resolve(store.spend(nonce)).then(settled, settled);
      await vi.advanceTimersByTimeAsync(milliseconds - 1);
      expect(settled).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect(settled).toHaveBeenCalledOnce();
      const [error] = settled.mock.calls[0] ?? [];
      expect(error).toBeInstanceOf(NonceStoreError);
      expect(error).toMatchObject({
        code: "ERR_NONCES_TIMEOUT",
        message: `the server did not respond within ${milliseconds} milliseconds`,
      });
    }
  });

  it("are not made if too many wait, ten thousand by default", async () => {
    for (const [options, most] of [
      [{}, 10_000],
      [{ maxPending: 2 }, 2],
    ] as const) {
      vi.useFakeTimers();
      const client = hanging();
      const store = redisNonceStore(client, { clock, ...options });
      for (let count = 0; count < most; count++) {
        Promise.resolve(store.spend(nonce)).catch(() => {});
      }
      await expect(store.spend(nonce)).rejects.toMatchObject({
        code: "ERR_NONCES_BUSY",
        message: `too many calls are waiting for the server (${most})`,
      });
      expect(client.call).toHaveBeenCalledTimes(most);
    }
  });

  it("do not wait any longer when they have an answer, an error, or are not possible", async () => {
    vi.useFakeTimers();
    const answers = [
      () => Promise.resolve("OK"),
      () => Promise.reject(new Error("READONLY")),
      () => {
        throw new Error("The client is closed");
      },
    ];
    const call = () => (answers.shift() as () => Promise<unknown>)();
    const store = redisNonceStore({ call }, { clock, maxPending: 1 });
    expect(await store.spend(nonce)).toBe("fresh");
    await expect(store.spend(nonce)).rejects.toThrow("READONLY");
    await expect(store.spend(nonce)).rejects.toThrow("The client is closed");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("fail if the client of PostgreSQL throws instead of returning a promise", async () => {
    const query = () => {
      throw new Error("The pool is closed");
    };
    const store = postgresNonceStore({ query }, { clock, maxPending: 1 });
    for (let count = 0; count < 2; count++) {
      await expect(store.spend(nonce)).rejects.toThrow("The pool is closed");
    }
  });

  it("have another key for another client, token, timestamp and nonce (RFC 5849 §3.3)", async () => {
    const keys: (string | undefined)[] = [];
    const call = async (_set: string, key?: string) => {
      keys.push(key);
      return "OK";
    };
    const store = redisNonceStore({ call }, { clock });
    const all: SpendableNonce[] = [
      nonce,
      { ...nonce, client: "other" },
      { ...nonce, token: "" },
      { ...nonce, token: "nnch734d00sl2jdk" },
      { ...nonce, timestamp: START + 1 },
      { ...nonce, nonce: "other" },
    ];
    for (const one of [...all, ...all]) await store.spend(one);
    expect(new Set(keys).size).toBe(all.length);
    expect(keys.slice(all.length)).toEqual(keys.slice(0, all.length));
  });

  it("say that the answer of Redis was unexpected", async () => {
    await expect(
      redisNonceStore({ call: async () => "QUEUED" }, { clock }).spend(nonce),
    ).rejects.toMatchObject({
      code: "ERR_NONCES_ANSWER",
      message: "the answer of Redis to SET must be OK or null",
    });
  });
});
