// A server of the soak test: the verifier in front of `node:http`, with the nonces in Redis.
import { createServer } from "node:http";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { createVerifier } from "@oauth1/verifier";
import { nodeVerifier } from "@oauth1/verifier/node";
import { redisNonceStore } from "@oauth1/verifier/nonces/redis";
import { createClient } from "redis";
import { credentials } from "./credentials.mjs";

const redis = await createClient({ url: process.env["REDIS_URL"] ?? "" }).connect();
const verifier = createVerifier({
  credentials,
  nonces: redisNonceStore(redis),
  signatureMethods: [hmacSha1],
});
const server = createServer(nodeVerifier(verifier, (_, response) => response.end("ok")));
server.listen(0, "127.0.0.1", () => {
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  process.send?.({ port });
});
