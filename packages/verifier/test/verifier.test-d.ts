// The types of the verifier, its stores and its middleware with those of the newest libraries, checked
// by `tsc` (`npm run types`).
import { createServer } from "node:http";
import { PGlite } from "@electric-sql/pglite";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { rsaSha256 } from "@oauth1/signature-methods/rsa-sha256";
import {
  createVerifier,
  type NonceStore,
  type RejectedRequest,
  type Verification,
  type VerifiedRequest,
  type Verifier,
} from "@oauth1/verifier";
import { expressVerifier } from "@oauth1/verifier/express";
import { fastifyVerifier, verifiedRequest } from "@oauth1/verifier/fastify";
import { honoVerifier, type VerifiedEnv } from "@oauth1/verifier/hono";
import { nodeVerifier } from "@oauth1/verifier/node";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import { postgresNonceStore } from "@oauth1/verifier/nonces/postgres";
import { redisNonceStore } from "@oauth1/verifier/nonces/redis";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { Cluster, Redis } from "ioredis";
import pg from "pg";
import { createClient, createCluster } from "redis";
import { expectTypeOf } from "vitest";

interface Account {
  readonly account: number;
}
const credentials = {
  find: (identifier: string) => ({
    client: { identifier, sharedSecrets: ["secret"] },
    caller: { account: 7 } satisfies Account as Account,
  }),
};
const nonces = memoryNonceStore();
const signatureMethods = [hmacSha1, rsaSha256];
const verifier = createVerifier({ credentials, nonces, signatureMethods });

// The caller has the type that the credential store returns.
expectTypeOf(verifier).toEqualTypeOf<Verifier<Account>>();
const verification = await verifier.verify({ method: "GET", url: "/", headers: {} });
expectTypeOf(verification).toEqualTypeOf<Verification<Account>>();
if (verification.verified) {
  expectTypeOf(verification).toEqualTypeOf<VerifiedRequest<Account>>();
  expectTypeOf(verification.caller).toEqualTypeOf<Account | undefined>();
  // @ts-expect-error: a verified request has no problem.
  verification.problem;
} else {
  expectTypeOf(verification).toEqualTypeOf<RejectedRequest>();
  // @ts-expect-error: a rejected request has no caller.
  verification.caller;
}
// @ts-expect-error: before the result is checked, there is no caller.
verification.caller;

// @ts-expect-error: a verifier needs a nonce store.
createVerifier({ credentials, signatureMethods });
// @ts-expect-error: a verifier needs a credential store.
createVerifier({ nonces, signatureMethods });
// @ts-expect-error: methods are objects, not names.
createVerifier({ credentials, nonces, signatureMethods: ["HMAC-SHA1"] });
// @ts-expect-error: there are three kinds.
createVerifier({ credentials, nonces, signatureMethods, problemReporting: "verbose" });
createVerifier({
  // @ts-expect-error: a client has a list of secrets.
  credentials: { find: (identifier) => ({ client: { identifier, sharedSecrets: "secret" } }) },
  nonces,
  signatureMethods,
});
// @ts-expect-error: a nonce store answers "fresh", "used" or "stale".
expectTypeOf<NonceStore>({ spend: () => true });

// The stores accept the clients of the newest libraries.
for (const store of [
  redisNonceStore(createClient()),
  redisNonceStore(createCluster({ rootNodes: [] })),
  redisNonceStore(new Redis()),
  redisNonceStore(new Cluster([])),
  postgresNonceStore(new pg.Pool()),
  postgresNonceStore(new PGlite()),
]) {
  expectTypeOf(store).toExtend<NonceStore>();
}
// @ts-expect-error: a URL is not a connected client.
redisNonceStore("redis://localhost");
// @ts-expect-error: PostgreSQL is not Redis.
redisNonceStore(new pg.Pool());
// @ts-expect-error: Redis is not PostgreSQL.
postgresNonceStore(new Redis());
// @ts-expect-error: only Redis has replicas to wait for.
postgresNonceStore(new pg.Pool(), { replicas: 1 });
// @ts-expect-error: only PostgreSQL has a table.
redisNonceStore(new Redis(), { table: "nonces" });
// @ts-expect-error: one process has one clock.
memoryNonceStore({ clockSkew: 60 });

// The middleware passes the caller on.
const ofExpress = expressVerifier(verifier);
expectTypeOf(ofExpress).not.toBeAny();
express().get("/", ofExpress, (_request, response) => {
  expectTypeOf(response.locals.oauth1).toEqualTypeOf<VerifiedRequest<Account>>();
});
const ofHono = honoVerifier(verifier);
expectTypeOf(ofHono).not.toBeAny();
new Hono().get("/", ofHono, (c) => {
  expectTypeOf(c.var.oauth1).toEqualTypeOf<VerifiedRequest<Account>>();
  return c.text("");
});
new Hono<VerifiedEnv<Account>>().use(ofHono);
const app = fastify();
await app.register(fastifyVerifier, { verifier });
app.get("/", (request) => {
  expectTypeOf(request.oauth1).not.toBeAny();
  expectTypeOf(verifiedRequest<Account>(request)).toEqualTypeOf<VerifiedRequest<Account>>();
});
createServer(
  nodeVerifier(verifier, (_request, _response, verified) => {
    expectTypeOf(verified).toEqualTypeOf<VerifiedRequest<Account>>();
  }),
);
// @ts-expect-error: the plugin needs a verifier.
await app.register(fastifyVerifier);
// @ts-expect-error: a nonce store is not a verifier.
expressVerifier(nonces);
// @ts-expect-error: a nonce store is not a verifier.
honoVerifier(nonces);
// @ts-expect-error: without a listener, nobody responds.
nodeVerifier(verifier);
