// A process that spends nonces until it is told to end. Its neighbour spends the same nonces at
// about the same time. It replies with those that were fresh to it, or, to a list of nonces, with
// those of the list that are fresh.
import { setTimeout as wait } from "node:timers/promises";
import { postgresNonceStore } from "@oauth1/verifier/nonces/postgres";
import { redisNonceStore } from "@oauth1/verifier/nonces/redis";
import { Cluster, Redis } from "ioredis";
import pg from "pg";
import { createCluster, createSentinel } from "redis";

const WORKERS = 8;
const { kind, urls, options, names, neighbour, timestamp } = JSON.parse(process.argv[2]);

async function open(options) {
  if (kind === "ioredis cluster") return redisNonceStore(heard(new Cluster(urls)), options);
  if (kind === "node-redis cluster") {
    const cluster = heard(createCluster({ rootNodes: urls.map((url) => ({ url })) }));
    return redisNonceStore(await cluster.connect(), options);
  }
  const places = urls.map((url) => ({ host: "127.0.0.1", port: Number(new URL(url).port) }));
  if (kind === "ioredis sentinel") {
    return redisNonceStore(heard(new Redis({ sentinels: places, name: "nonces" })), options);
  }
  if (kind === "node-redis sentinel") {
    const sentinel = heard(createSentinel({ name: "nonces", sentinelRootNodes: places }));
    return redisNonceStore(await sentinel.connect(), options);
  }
  return postgresNonceStore(heard(new pg.Pool({ connectionString: urls[0], max: 8 })), options);
}

/** An `error` event without a listener would end the process. */
function heard(client) {
  client.on("error", () => {});
  return client;
}

const store = await open(options);
const spend = (nonce, by = store) =>
  by.spend({ client: "client", token: undefined, timestamp, nonce, expires: timestamp + 300 });

const fresh = [];
let failures = 0;
let isLoaded = true;
process.once("message", async () => {
  const worker = async (_, number) => {
    for (let index = 0; isLoaded; index++) {
      for (const name of [names, neighbour]) {
        const nonce = `${name} ${number} ${index}`;
        try {
          if ((await spend(nonce)) === "fresh") fresh.push(nonce);
        } catch {
          failures++;
          await wait(5);
        }
      }
      process.send({ spent: 2 });
      await wait(4);
    }
  };
  const work = Promise.all(Array.from({ length: WORKERS }, worker));
  process.once("message", async () => {
    isLoaded = false;
    await work;
    process.on("message", async ({ replay }) => process.send({ fresh: await replayed(replay) }));
    process.send({ accepted: fresh, failures });
  });
});
process.send("ready");

/**
 * It spends them without waiting for replicas, or a promoted master that has none would reject them
 * for that reason, whether or not it knows them.
 */
async function replayed(nonces) {
  const asking = await open({ timeout: 20_000 });
  const insist = async (nonce) => {
    for (;;) {
      try {
        return await spend(nonce, asking);
      } catch {
        await wait(100); // a store can be slow on a busy machine
      }
    }
  };
  const again = [];
  for (let at = 0; at < nonces.length; at += 100) {
    const part = nonces.slice(at, at + 100);
    const answers = await Promise.all(part.map(insist));
    again.push(...part.filter((_, index) => answers[index] === "fresh"));
  }
  return again;
}
