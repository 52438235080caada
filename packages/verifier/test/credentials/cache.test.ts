import { type FoundCredentials, VerifierError } from "@oauth1/verifier";
import {
  type CachedCredentialsOptions,
  cachedCredentials,
} from "@oauth1/verifier/credentials/cache";
import { beforeEach, describe, expect, it, vi } from "vitest";

/** The content of the store, as `client` or `client token`, and the lookups that it received. */
let held: Set<string>;
let lookUps: string[];
let now: number;
beforeEach(() => {
  held = new Set(["a", "b", "c", "a t", "a u", "b t"]);
  lookUps = [];
  now = 1000;
});

function find(client: string, token: string | undefined): FoundCredentials<number> {
  const name = token === undefined ? client : `${client} ${token}`;
  lookUps.push(name);
  const sharedSecrets = ["secret"];
  return {
    client: held.has(client) ? { identifier: client, sharedSecrets } : undefined,
    token: token !== undefined && held.has(name) ? { identifier: token, sharedSecrets } : undefined,
    caller: lookUps.length,
  };
}

function cacheOf(options: CachedCredentialsOptions = {}) {
  return cachedCredentials({ find }, { clock: () => now, ...options });
}

describe("age", () => {
  it("is limited: a lookup is repeated only after maxAge", async () => {
    const cache = cacheOf({ maxAge: 60 });
    const found = await cache.find("a", "t");
    expect(found.client?.identifier).toBe("a");
    expect(found.token?.identifier).toBe("t");
    now += 59.999;
    expect(await cache.find("a", "t")).toBe(found);
    now += 0.001;
    expect(await cache.find("a", "t")).not.toBe(found);
    expect(lookUps).toEqual(["a t", "a t"]);
  });

  it("counts from the start of the lookup, so that a revocation takes effect within maxAge", async () => {
    let answer = (_: FoundCredentials) => {};
    const slow = { find: () => new Promise<FoundCredentials>((resolve) => (answer = resolve)) };
    const cache = cachedCredentials(slow, { clock: () => now, maxAge: 60 });
    const first = cache.find("a", undefined);
    const answerFirst = answer;
    now += 50;
    answerFirst({ client: { identifier: "a", sharedSecrets: ["secret"] } });
    expect((await first).client).toBeDefined();
    now += 9;
    expect((await cache.find("a", undefined)).client).toBeDefined();
    now += 1;
    const second = cache.find("a", undefined);
    answer({ client: undefined });
    expect((await second).client).toBeUndefined();
  });

  it("does not wait for an older lookup", async () => {
    const answers: ((found: FoundCredentials) => void)[] = [];
    const slow = { find: () => new Promise<FoundCredentials>((resolve) => answers.push(resolve)) };
    const cache = cachedCredentials(slow, { clock: () => now, maxAge: 60 });
    const first = cache.find("a", undefined);
    now += 60;
    const second = cache.find("a", undefined);
    expect(answers).toHaveLength(2);
    answers[1]?.({ client: undefined });
    expect((await second).client).toBeUndefined();
    answers[0]?.({ client: { identifier: "a", sharedSecrets: ["secret"] } });
    expect((await first).client).toBeDefined();
    expect((await cache.find("a", undefined)).client).toBeUndefined();
  });

  it("looks up unknown credentials sooner", async () => {
    const cache = cacheOf({ maxAge: 60, maxUnknownAge: 5 });
    expect((await cache.find("x", undefined)).client).toBeUndefined();
    held.add("x");
    now += 4;
    expect((await cache.find("x", undefined)).client).toBeUndefined();
    now += 1;
    expect((await cache.find("x", undefined)).client?.identifier).toBe("x");
    now += 59;
    expect((await cache.find("x", undefined)).client?.identifier).toBe("x");
    expect(lookUps).toEqual(["x", "x"]);
  });

  it("uses its own clock by default", async () => {
    const cache = cachedCredentials({ find });
    const found = await cache.find("a", undefined);
    expect(await cache.find("a", undefined)).toBe(found);
  });

  it("is in seconds by its own clock", async () => {
    vi.useFakeTimers();
    try {
      const cache = cachedCredentials({ find }, { maxAge: 60 });
      await cache.find("a", undefined);
      vi.advanceTimersByTime(59_999);
      await cache.find("a", undefined);
      expect(lookUps).toEqual(["a"]);
      vi.advanceTimersByTime(1);
      await cache.find("a", undefined);
      expect(lookUps).toEqual(["a", "a"]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("a lookup", () => {
  it("is shared by concurrent identical lookups", async () => {
    const cache = cacheOf();
    const all = await Promise.all(Array.from({ length: 100 }, () => cache.find("a", "t")));
    expect(new Set(all).size).toBe(1);
    expect(lookUps).toEqual(["a t"]);
  });

  it("distinguishes a client, its tokens and other clients", async () => {
    const cache = cacheOf();
    held.add("a undefined");
    held.add('a","t');
    for (let time = 0; time < 2; time++) {
      await cache.find("a", undefined);
      await cache.find("a", "t");
      await cache.find("a", "undefined");
      await cache.find("b", "t");
      await cache.find('a","t', undefined);
    }
    expect(lookUps).toEqual(["a", "a t", "a undefined", "b t", 'a","t']);
  });

  it("that fails is an error for all its callers, and is not cached", async () => {
    let isDown = true;
    const store = {
      find: async (client: string) => {
        lookUps.push(client);
        if (isDown) throw new Error("down");
        return { client: { identifier: client, sharedSecrets: ["secret"] } };
      },
    };
    const cache = cachedCredentials(store, { clock: () => now });
    const both = await Promise.allSettled([cache.find("a", undefined), cache.find("a", undefined)]);
    expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(lookUps).toHaveLength(1);
    await expect(cache.find("a", undefined)).rejects.toThrow("down");
    isDown = false;
    expect((await cache.find("a", undefined)).client?.identifier).toBe("a");
  });
});

describe("size", () => {
  it("evicts the least recently used", async () => {
    const cache = cacheOf({ maxEntries: 2 });
    await cache.find("a", undefined);
    await cache.find("b", undefined);
    await cache.find("a", undefined);
    await cache.find("c", undefined);
    lookUps = [];
    await cache.find("a", undefined);
    await cache.find("c", undefined);
    expect(lookUps).toEqual([]);
    await cache.find("b", undefined);
    expect(lookUps).toEqual(["b"]);
  });

  it("keeps unknown clients and tokens apart from known ones", async () => {
    const cache = cacheOf({ maxEntries: 2, maxUnknown: 10 });
    await cache.find("a", undefined);
    await cache.find("b", "t");
    for (let index = 0; index < 1000; index++) {
      await cache.find(`unknown ${index}`, undefined);
      await cache.find("a", `unknown ${index}`);
    }
    lookUps = [];
    await cache.find("a", undefined);
    await cache.find("b", "t");
    await cache.find("a", "unknown 999");
    expect(lookUps).toEqual([]);
    await cache.find("a", "unknown 994");
    expect(lookUps).toEqual(["a unknown 994"]);
  });

  it("can be 0 for unknown credentials", async () => {
    const cache = cacheOf({ maxUnknown: 0 });
    await cache.find("x", undefined);
    await cache.find("x", undefined);
    expect(lookUps).toEqual(["x", "x"]);
  });

  it("and age must be integers", () => {
    for (const options of [
      { maxEntries: 0 },
      { maxAge: 0 },
      { maxAge: Number.NaN },
      { maxUnknown: -1 },
      { maxUnknownAge: 0.5 },
    ]) {
      expect(() => cacheOf(options)).toThrow(VerifierError);
    }
  });
});

describe("forget", () => {
  it("forgets a client, its tokens and its unknown tokens, but no other client", async () => {
    const cache = cacheOf();
    const ask = async () => {
      await cache.find("a", undefined);
      await cache.find("a", "t");
      await cache.find("a", "unknown");
      await cache.find("b", "t");
    };
    await ask();
    lookUps = [];
    cache.forget("a");
    await ask();
    expect(lookUps).toEqual(["a", "a t", "a unknown"]);
  });

  it("does not cache the result of a pending lookup", async () => {
    const answers: ((found: FoundCredentials) => void)[] = [];
    const slow = { find: () => new Promise<FoundCredentials>((resolve) => answers.push(resolve)) };
    const cache = cachedCredentials(slow, { clock: () => now });
    const before = cache.find("a", undefined);
    cache.forget("a");
    const after = cache.find("a", undefined);
    expect(answers).toHaveLength(2);
    answers[1]?.({ client: undefined });
    expect((await after).client).toBeUndefined();
    answers[0]?.({ client: { identifier: "a", sharedSecrets: ["secret"] } });
    expect((await before).client).toBeDefined();
    expect((await cache.find("a", undefined)).client).toBeUndefined();
  });

  it("leaves the pending lookups of other clients, and the newer one of the client, as they are", async () => {
    const answers: ((found: FoundCredentials) => void)[] = [];
    const slow = { find: () => new Promise<FoundCredentials>((resolve) => answers.push(resolve)) };
    const cache = cachedCredentials(slow, { clock: () => now });
    const other = cache.find("b", undefined);
    const before = cache.find("a", undefined);
    cache.forget("a");
    const after = cache.find("a", undefined);
    answers[1]?.({ client: undefined });
    await before;
    expect(cache.find("a", undefined)).toBe(after);
    expect(cache.find("b", undefined)).toBe(other);
    expect(answers).toHaveLength(3);
  });
});
