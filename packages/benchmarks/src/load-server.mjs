// One server of load.mjs in a separate process: Fastify or Hono, with or without the verifier.
import { serve } from "@hono/node-server";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { createVerifier } from "@oauth1/verifier";
import { fastifyVerifier } from "@oauth1/verifier/fastify";
import { honoVerifier } from "@oauth1/verifier/hono";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import fastify from "fastify";
import { Hono } from "hono";
import { request } from "./request.mjs";

const { client, token } = request;
const verifier = createVerifier({
  credentials: {
    find: (clientIdentifier, tokenIdentifier) => ({
      client:
        clientIdentifier === client.identifier
          ? { identifier: client.identifier, sharedSecrets: [client.sharedSecret] }
          : undefined,
      token:
        tokenIdentifier === token.identifier
          ? { identifier: token.identifier, sharedSecrets: [token.sharedSecret] }
          : undefined,
    }),
  },
  nonces: memoryNonceStore(),
  signatureMethods: [hmacSha1],
});

const [, , framework, verified] = process.argv;
const port = await (framework === "Fastify" ? startFastify() : startHono());
process.send?.({ port });
process.on("disconnect", () => process.exit());

async function startFastify() {
  const app = fastify();
  if (verified === "verified") await app.register(fastifyVerifier, { verifier });
  app.get("/photos", () => ({ photos: [] }));
  await app.listen({ port: 0, host: "127.0.0.1" });
  return /** @type {import("node:net").AddressInfo} */ (app.server.address()).port;
}

function startHono() {
  const app = new Hono();
  if (verified === "verified") app.use(honoVerifier(verifier));
  app.get("/photos", (c) => c.json({ photos: [] }));
  return new Promise((resolve) => {
    serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => resolve(port));
  });
}
