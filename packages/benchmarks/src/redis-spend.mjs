// Spends nonces in Redis, against the same SET commands through the same client alone.
import { randomBytes } from "node:crypto";
import { isMissing, startRedis } from "@oauth1/test-servers";
import { redisNonceStore } from "@oauth1/verifier/nonces/redis";
import { createClient } from "redis";
import { quarter } from "./rounds.mjs";

const ROUNDS = 25;
/** Calls that wait for Redis at the same time, which the client sends together. */
const PIPELINED = 1000;
const CALLS = 10 * PIPELINED;

/** @returns {Promise<{ ours: number, bare: number } | undefined>} nanoseconds per nonce */
export async function redisSpend() {
  if (isMissing("redis")) return undefined;
  // Its own disk writes would hide the cost of the store.
  const server = await startRedis({ settings: { appendonly: "no" } });
  const client = createClient({ url: server.url });
  try {
    await client.connect();
    // Not the default, because a call can wait long on a busy machine.
    const store = redisNonceStore(client, { timeout: 60_000 });
    const expires = Math.floor(Date.now() / 1000) + 300;
    const timestamp = expires - 300;
    const bare = () =>
      client.set(`oauth1:nonce:${randomBytes(16).toString("hex")}`, "", {
        condition: "NX",
        expiration: { type: "EX", value: 362 },
      });
    const ours = () =>
      store.spend({
        client: "dpf43f3p2l4k3l03",
        token: "nnch734d00sl2jdk",
        timestamp,
        nonce: randomBytes(16).toString("hex"),
        expires,
      });
    /** @type {{ ours: number[], bare: number[] }} */
    const times = { ours: [], bare: [] };
    for (let round = 0; round < ROUNDS + 3; round++) {
      for (const [name, call] of /** @type {const} */ ([
        ["ours", ours],
        ["bare", bare],
      ])) {
        const time = await nanoseconds(call);
        if (round >= 3) times[name].push(time);
      }
      await client.flushAll();
    }
    return { ours: quarter(times.ours), bare: quarter(times.bare) };
  } finally {
    client.destroy();
    await server.stop();
  }
}

/** @param {() => unknown} call */
async function nanoseconds(call) {
  const start = performance.now();
  for (let sent = 0; sent < CALLS; sent += PIPELINED) {
    await Promise.all(Array.from({ length: PIPELINED }, call));
  }
  return ((performance.now() - start) * 1e6) / CALLS;
}
