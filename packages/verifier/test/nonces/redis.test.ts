import { isMissing, startRedis, type TestServer } from "@oauth1/test-servers";
import { type SpendableNonce, VerifierError } from "@oauth1/verifier";
import { NonceStoreError, redisNonceStore } from "@oauth1/verifier/nonces/redis";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { connectNodeRedis } from "./stores.js";

const START = Math.floor(Date.now() / 1000);
const nonce: SpendableNonce = {
  client: "dpf43f3p2l4k3l03",
  token: "nnch734d00sl2jdk",
  timestamp: START,
  nonce: "kllo9940pd9333jh",
  expires: START + 300,
};
const clock = () => START;

describe.skipIf(isMissing("redis"))("redis", () => {
  let server: TestServer;
  let client: Awaited<ReturnType<typeof connectNodeRedis>>;
  let ioredis: Redis;
  beforeAll(async () => {
    server = await startRedis();
    client = await connectNodeRedis(server.url);
    ioredis = new Redis(server.url);
  });
  beforeEach(() => client.flushAll());
  afterAll(async () => {
    client.destroy();
    ioredis.disconnect();
    await server.stop();
  });

  it("stores keys of one size that expire with the timestamp, the skew and the timeout", async () => {
    for (const one of [client, ioredis]) {
      const store = redisNonceStore(one, { clock, clockSkew: 30, keyPrefix: "p:" });
      await client.flushAll();
      await store.spend(nonce);
      await store.spend({ ...nonce, nonce: "x".repeat(1_000_000), expires: START });
      const keys = await client.keys("*");
      expect(keys.map((key) => key.length)).toEqual([34, 34]);
      const left = await Promise.all(keys.map((key) => client.ttl(key)));
      const [shorter = 0, longer = 0] = left.sort((a, b) => a - b);
      expect(shorter).toBeGreaterThan(20);
      expect(shorter).toBeLessThanOrEqual(32);
      expect(longer).toBeGreaterThan(320);
      expect(longer).toBeLessThanOrEqual(332);
    }
  });

  it("sends one command per nonce", async () => {
    for (const one of [client, ioredis]) {
      const store = redisNonceStore(one, { clock });
      await client.configResetStat();
      await store.spend(nonce);
      await store.spend(nonce);
      const stats = await client.info("commandstats");
      const commands = [...stats.matchAll(/cmdstat_(\S+?):calls=(\d+)/g)].map(
        ([, name, calls]) => `${name} ${calls}`,
      );
      expect(commands.filter((name) => !name.startsWith("config"))).toEqual(["set 2"]);
      await client.flushAll();
    }
  });

  it("shares nonces between both client libraries", async () => {
    expect(await redisNonceStore(client, { clock }).spend(nonce)).toBe("fresh");
    expect(await redisNonceStore(ioredis, { clock }).spend(nonce)).toBe("used");
  });

  it("throws if Redis is full, and accepts again when it is not", async () => {
    const store = redisNonceStore(client, { clock });
    await client.configSet("maxmemory", "1");
    await expect(store.spend(nonce)).rejects.toThrow("OOM");
    await client.configSet("maxmemory", "0");
    expect(await store.spend(nonce)).toBe("fresh");
  });

  it("throws if Redis is slow, and if too many calls are waiting", async () => {
    const store = redisNonceStore(client, { clock, timeout: 50, maxPending: 2 });
    const other = await connectNodeRedis(server.url);
    await other.sendCommand(["CLIENT", "PAUSE", "300", "WRITE"]);
    const answers = await Promise.allSettled(
      [1, 2, 3].map((name) => store.spend({ ...nonce, nonce: `${name}` })),
    );
    expect(answers.map(codeOf)).toEqual([
      "ERR_NONCES_TIMEOUT",
      "ERR_NONCES_TIMEOUT",
      "ERR_NONCES_BUSY",
    ]);
    await other.sendCommand(["CLIENT", "UNPAUSE"]);
    await expect.poll(() => store.spend({ ...nonce, nonce: "1" })).toBe("used");
    other.destroy();
  });

  it("throws on an unexpected answer", async () => {
    const store = redisNonceStore({ call: async () => "QUEUED" }, { clock });
    await expect(store.spend(nonce)).rejects.toThrow(NonceStoreError);
  });

  describe("replicas", () => {
    let replica: TestServer;
    beforeAll(async () => {
      const { port } = new URL(server.url);
      replica = await startRedis({ settings: { replicaof: `127.0.0.1 ${port}` } });
      await vi.waitFor(
        async () => expect(await client.info("replication")).toContain("state=online"),
        { timeout: 120_000 },
      );
    });
    afterAll(() => replica.stop());

    it("waits until the replicas have a nonce, and counts each nonce once", async () => {
      for (const one of [client, ioredis]) {
        const store = redisNonceStore(one, { clock, replicas: 1, timeout: 10_000 });
        const names = Array.from({ length: 100 }, (_, index) => `${one === client} ${index}`);
        const twice = [...names, ...names];
        const answers = await Promise.all(
          twice.map((name) => store.spend({ ...nonce, nonce: name })),
        );
        expect(answers.slice(0, 100)).toEqual(names.map(() => "fresh"));
        expect(answers.slice(100)).toEqual(names.map(() => "used"));
      }
      const onReplica = await connectNodeRedis(replica.url);
      expect(await onReplica.dbSize()).toBe(200);
      onReplica.destroy();
    });

    it("throws if too few replicas have the nonce in time, which is then used", async () => {
      for (const one of [client, ioredis]) {
        const store = redisNonceStore(one, { clock, replicas: 2, timeout: 500 });
        const [answer] = await Promise.allSettled([store.spend(nonce)]);
        expect(codeOf(answer)).toBe("ERR_NONCES_REPLICAS");
        expect(await redisNonceStore(one, { clock }).spend(nonce)).toBe("used");
        await client.flushAll();
      }
    });

    it("throws if a failover loses the nonce between the two writes", async () => {
      const forgetful = {
        call: (...words: [string, ...string[]]) => ioredis.call(...words),
        pipeline: (commands: [string, ...string[]][]) => ({
          exec: async () =>
            (await ioredis.pipeline([["flushall"], ...commands]).exec())?.slice(1) ?? null,
        }),
      };
      const store = redisNonceStore(forgetful, { clock, replicas: 1, timeout: 10_000 });
      await expect(store.spend(nonce)).rejects.toThrow("but Redis lost it; check the replicas");
    });

    it("requires a positive integer, and a client with pipelines", () => {
      expect(() => redisNonceStore(client, { replicas: 0 })).toThrow(VerifierError);
      const call = async () => "OK";
      expect(() => redisNonceStore({ call }, { replicas: 1 })).toThrow("must have pipeline()");
      const set = async () => "OK";
      expect(() => redisNonceStore({ set }, { replicas: 1 })).toThrow("must have multi()");
    });
  });

  it("requires limits to be positive integers", () => {
    expect(() => redisNonceStore(client, { timeout: 0 })).toThrow(VerifierError);
    expect(() => redisNonceStore(client, { maxPending: 0.5 })).toThrow(VerifierError);
  });
});

function codeOf(result: PromiseSettledResult<unknown>): unknown {
  return result.status === "rejected" ? result.reason.code : result.value;
}
