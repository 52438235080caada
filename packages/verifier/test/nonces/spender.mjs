// A process that spends the nonces listed in a message, many at a time, and replies with those that
// were fresh.
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import { postgresNonceStore } from "@oauth1/verifier/nonces/postgres";
import { redisNonceStore } from "@oauth1/verifier/nonces/redis";
import { Redis } from "ioredis";
import pg from "pg";

const AT_ONCE = 500;
const [, , kind, url] = process.argv;
const timeout = 30_000;

async function open() {
  if (kind === "memory") return memoryNonceStore();
  if (kind === "redis") return redisNonceStore(new Redis(url), { timeout });
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  pool.on("error", () => {});
  return postgresNonceStore(pool, { timeout });
}

const store = await open();
process.on("message", async ({ names, timestamp }) => {
  const fresh = [];
  let next = 0;
  const spend = async () => {
    while (next < names.length) {
      const nonce = names[next++];
      const expires = timestamp + 300;
      const answer = await store.spend({
        client: "client",
        token: "token",
        timestamp,
        nonce,
        expires,
      });
      if (answer === "fresh") fresh.push(nonce);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, spend));
  process.send({ fresh });
});
process.send("ready");
