// A server process: node:http with the verifier before a listener, and the requested store. It
// sends its port in a message.
import { createServer } from "node:http";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { createVerifier } from "@oauth1/verifier";
import { nodeVerifier } from "@oauth1/verifier/node";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import { postgresNonceStore } from "@oauth1/verifier/nonces/postgres";
import { redisNonceStore } from "@oauth1/verifier/nonces/redis";
import pg from "pg";
import { createClient } from "redis";

const [, , kind, url, timeout] = process.argv;
const options = { timeout: Number(timeout) };

async function openStore() {
  if (kind === "memory") return memoryNonceStore();
  if (kind === "redis") {
    const client = createClient({ url });
    client.on("error", () => {});
    return redisNonceStore(await client.connect(), options);
  }
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  pool.on("error", () => {});
  return postgresNonceStore(pool, options);
}

const verifier = createVerifier({
  credentials: {
    find: (identifier) => ({
      client: identifier === "client" ? { identifier, sharedSecrets: ["secret"] } : undefined,
    }),
  },
  nonces: await openStore(),
  signatureMethods: [hmacSha1],
});
const server = createServer(
  nodeVerifier(verifier, (_request, response, { client }) => {
    response.end(client.identifier);
  }),
);
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
