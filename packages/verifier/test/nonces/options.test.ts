// The options and the limits of the stores, which need no server.
import { createHash } from "node:crypto";
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

  it("have the hash of all values as key, the same in every process", async () => {
    const call = vi.fn(async (..._words: string[]) => "OK");
    const store = redisNonceStore({ call }, { clock, keyPrefix: "p:" });
    for (const token of [undefined, "", "nnch734d00sl2jdk"]) {
      await store.spend({ ...nonce, token });
      const values = [nonce.client, token ?? null, nonce.timestamp, nonce.nonce];
      const hash = createHash("sha256").update(JSON.stringify(values)).digest("hex");
      expect(call.mock.lastCall?.[1]).toBe(`p:${hash.slice(0, 32)}`);
    }
  });

  it("keep a nonce for the rest of its time, the skew, the timeout and a second", async () => {
    const call = vi.fn(async (..._words: string[]) => "OK");
    for (const [options, expires, seconds] of [
      [{ timeout: 1000 }, START + 300, 362],
      [{ timeout: 1001 }, START + 300, 363],
      [{ clockSkew: 0 }, START + 300, 302],
      [{ clockSkew: 0 }, START, 2],
    ] as const) {
      const store = redisNonceStore({ call }, { clock, ...options });
      expect(await store.spend({ ...nonce, expires })).toBe("fresh");
      expect(call.mock.lastCall?.[4]).toBe(String(seconds));
    }
    const { calls } = call.mock;
    const before = calls.length;
    const store = redisNonceStore({ call }, { clock });
    expect(await store.spend({ ...nonce, expires: START - 1 })).toBe("stale");
    const query = vi.fn(async () => ({ rows: [{}] }));
    const inTable = postgresNonceStore({ query }, { clock });
    expect(await inTable.spend({ ...nonce, expires: START - 1 })).toBe("stale");
    expect(query).not.toHaveBeenCalled();
    expect(await inTable.spend({ ...nonce, expires: START })).toBe("fresh");
    expect(calls.length).toBe(before);
  });

  it("give node-redis the options of each of its versions", async () => {
    const set = vi.fn(async (..._parameters: unknown[]) => "OK");
    const execAsPipeline = vi.fn(async () => ["OK", 1]);
    const wait = vi.fn((..._parameters: unknown[]) => ({ execAsPipeline }));
    const setAgain = vi.fn((..._parameters: unknown[]) => ({ wait }));
    const client = { set, multi: () => ({ set: setAgain }) };
    const store = redisNonceStore(client, { clock, replicas: 1, timeout: 999, keyPrefix: "" });
    expect(await store.spend(nonce)).toBe("fresh");
    const key = expect.stringMatching(/^[\da-f]{32}$/);
    const expiry = { expiration: { type: "EX", value: 362 }, EX: 362 };
    expect(set.mock.calls).toEqual([[key, "", { condition: "NX", NX: true, ...expiry }]]);
    expect(setAgain.mock.calls).toEqual([[key, "", { condition: "XX", XX: true, ...expiry }]]);
    expect(wait.mock.calls).toEqual([[1, 500]]);
    set.mockResolvedValueOnce(null as never);
    expect(await store.spend(nonce)).toBe("used");
    expect(execAsPipeline).toHaveBeenCalledTimes(1);
  });

  it("give ioredis the same commands, and throw its errors", async () => {
    const call = vi.fn(async (..._words: string[]) => "OK");
    const exec = vi.fn(
      async (): Promise<[Error | null, unknown][] | null> => [
        [null, "OK"],
        [null, 2],
      ],
    );
    const pipeline = vi.fn((_commands: unknown) => ({ exec }));
    const store = redisNonceStore({ call, pipeline }, { clock, replicas: 2, keyPrefix: "" });
    expect(await store.spend(nonce)).toBe("fresh");
    const key = expect.stringMatching(/^[\da-f]{32}$/);
    expect(pipeline.mock.calls).toEqual([
      [
        [
          ["set", key, "", "EX", "362", "XX"],
          ["wait", "2", "500"],
        ],
      ],
    ]);
    exec.mockResolvedValueOnce([[new Error("READONLY"), null]]);
    await expect(store.spend(nonce)).rejects.toThrow("READONLY");
  });

  it.each<[problem: string, answers: [null, unknown][] | null]>([
    [
      "only 1 of 2 replicas have it",
      [
        [null, "OK"],
        [null, 1],
      ],
    ],
    [
      "Redis lost it",
      [
        [null, null],
        [null, 2],
      ],
    ],
    ["Redis lost it", null],
  ])("say that a nonce was not confirmed: %s", async (problem, answers) => {
    const pipeline = () => ({ exec: async () => answers });
    const store = redisNonceStore({ call: async () => "OK", pipeline }, { clock, replicas: 2 });
    await expect(store.spend(nonce)).rejects.toMatchObject({
      code: "ERR_NONCES_REPLICAS",
      message: `the nonce was written, but ${problem}; check the replicas of Redis`,
    });
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
