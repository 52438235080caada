// @oauth1/verifier and @oauth1/provider with each framework, nonce stores, and the diagnosis.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { requestTemporaryCredentials } from "@oauth1/client/authorization";
import { createProvider } from "@oauth1/provider";
import { memoryStore } from "@oauth1/provider/memory";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { createSigner } from "@oauth1/signer";
import { createVerifier } from "@oauth1/verifier";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import { authorization, client, request, secrets, token } from "./rfc-example.mjs";

const known = {
  client: { identifier: client.identifier, sharedSecrets: [client.sharedSecret] },
  token: { identifier: token.identifier, sharedSecrets: [token.sharedSecret] },
  caller: { account: 7 },
};
const store = { find: () => known };
const options = { credentials: store, signatureMethods: [hmacSha1] };
const verifier = () => createVerifier({ ...options, nonces: memoryNonceStore() });
const signer = createSigner({ client, token });

/** A provider that everyone may ask for temporary credentials, over http too. */
const provider = () =>
  createProvider({
    clients: {
      find: () => ({ ...known.client, name: "Printer", callbacks: ["oob"] }),
    },
    store: memoryStore(),
    nonces: memoryNonceStore(),
    signatureMethods: [hmacSha1],
    resourceOwner: () => ({ identifier: "jane", session: "secret" }),
    allowInsecureTransport: true,
  });

export const verifiers = {
  "@oauth1/provider": async ({ createProvider: create }) => {
    assert.equal(create, createProvider);
    const created = provider();
    const response = await created.handle(new Request("https://photos.example.net/oauth"));
    assert.match(await response.text(), /https:\/\/photos\.example\.net\/oauth\/initiate/);
    assert.equal(await created.handle(new Request("https://photos.example.net/")), undefined);
  },
  "@oauth1/provider/memory": async ({ memoryStore: create }) => {
    assert.deepEqual(await create().listTokens("jane"), []);
  },
  "@oauth1/provider/express": async ({ expressProvider }) => {
    const { default: express } = await import("express");
    await issues(createServer(express().use(expressProvider(provider()))));
  },
  "@oauth1/provider/fastify": async ({ fastifyProvider }) => {
    const { default: fastify } = await import("fastify");
    const app = fastify();
    await app.register(fastifyProvider, { provider: provider() });
    await app.ready();
    await issues(app.server);
    await app.close();
  },
  "@oauth1/provider/hono": async ({ honoProvider }) => {
    const { Hono } = await import("hono");
    const response = await new Hono().use(honoProvider(provider())).request("/oauth");
    assert.match(await response.text(), /HMAC-SHA1/);
  },
  "@oauth1/provider/node": async ({ nodeProvider }) => {
    await issues(createServer(nodeProvider(provider())));
  },
  "@oauth1/verifier": async ({ createVerifier: create }) => {
    const signed = signer.sign(request);
    const created = create({ ...options, nonces: memoryNonceStore() });
    assert.deepEqual((await created.verify(signed)).caller, { account: 7 });
    assert.equal((await created.verify(signed)).problem, "nonce_used");
  },
  "@oauth1/verifier/credentials/cache": async ({ cachedCredentials }) => {
    let lookups = 0;
    const slow = { find: () => Promise.resolve({ ...known, caller: ++lookups }) };
    const cached = cachedCredentials(slow);
    await cached.find(client.identifier, token.identifier);
    await cached.find(client.identifier, token.identifier);
    assert.equal(lookups, 1);
  },
  "@oauth1/verifier/lti": async ({ verifyLtiLaunch }) => {
    const form = new URLSearchParams([
      ["lti_message_type", "basic-lti-launch-request"],
      ["lti_version", "LTI-1p0"],
      ["resource_link_id", "link 1"],
      ["roles", "Learner"],
    ]);
    const platform = createSigner({ client, transmission: "form-body" });
    const launch = { method: "POST", url: "https://tool.example/launch", body: form };
    const known = {
      client: { identifier: client.identifier, sharedSecrets: [client.sharedSecret] },
    };
    const lti = { credentials: { find: () => known }, nonces: memoryNonceStore() };
    const { launch: read } = await verifyLtiLaunch(await platform.sign(launch), lti);
    assert.equal(read.resourceLink.id, "link 1");
  },
  "@oauth1/verifier/express": async ({ expressVerifier, verifiedRequest }) => {
    const { default: express } = await import("express");
    const app = express().use(expressVerifier(verifier()));
    app.get("/photos", (received, response) => {
      response.json(verifiedRequest(received).caller);
    });
    await answers(createServer(app));
  },
  "@oauth1/verifier/fastify": async ({ fastifyVerifier, verifiedRequest }) => {
    const { default: fastify } = await import("fastify");
    const app = fastify();
    await app.register(fastifyVerifier, { verifier: verifier() });
    app.get("/photos", (received) => verifiedRequest(received).caller);
    await app.ready();
    await answers(app.server);
    await app.close();
  },
  "@oauth1/verifier/hono": async ({ honoVerifier, verifiedRequest }) => {
    const { Hono } = await import("hono");
    const app = new Hono().use(honoVerifier(verifier()));
    app.get("/photos", (c) => c.json(verifiedRequest(c.req).caller));
    const { method, url, headers } = signer.sign(request);
    const response = await app.fetch(new Request(url, { method, headers }));
    assert.deepEqual(await response.json(), { account: 7 });
  },
  "@oauth1/verifier/node": async ({ nodeVerifier }) => {
    const listener = nodeVerifier(verifier(), (_request, response, { caller }) => {
      response.end(JSON.stringify(caller));
    });
    await answers(createServer(listener));
  },
  "@oauth1/verifier/nonces/memory": async ({ memoryNonceStore: create }) => spendsOnce(create()),
  "@oauth1/verifier/nonces/postgres": async ({ createNonceTable, postgresNonceStore }) => {
    const { PGlite } = await import("@electric-sql/pglite");
    const database = await PGlite.create();
    await database.exec(createNonceTable());
    const nonces = postgresNonceStore(database);
    await spendsOnce(nonces);
    await nonces.close?.();
    await database.close();
  },
  "@oauth1/verifier/nonces/redis": async ({ redisNonceStore }) => {
    const { createClient } = await import("redis");
    const redis = createClient({ url: process.env.REDIS_URL });
    await redis.connect();
    await spendsOnce(redisNonceStore(redis));
    await redis.close();
  },
  "@oauth1/verifier/opentelemetry": async ({ tracedVerifier }) => {
    const { verified } = await tracedVerifier(verifier()).verify(signer.sign(request));
    assert.equal(verified, true);
  },
  "@oauth1/diagnosis": ({ diagnose }) => {
    const headers = { Authorization: authorization };
    const posted = { ...request, method: "POST", headers, body: null };
    const { causes } = diagnose(posted, secrets, { now: 137131202 });
    assert.deepEqual(causes[0].mistakes, ["MethodOverridden"]);
  },
  "@oauth1/diagnosis/verifier": async ({ diagnosed }) => {
    const explaining = diagnosed(verifier(), { credentials: store, isTrusted: () => true });
    const posted = { ...signer.sign(request), method: "POST" };
    const { status, body } = await explaining.verify(posted);
    assert.equal(status, 401);
    const advice = new URLSearchParams(body).get("oauth_problem_advice");
    assert.match(advice, /^Your client signs a method other than the one that it sends/);
  },
};

async function spendsOnce(nonces) {
  const timestamp = Math.floor(Date.now() / 1000);
  const nonce = { client: "c", token: "t", timestamp, nonce: `${Math.random()}` };
  const spend = () => nonces.spend({ ...nonce, expires: timestamp + 300 });
  assert.deepEqual([await spend(), await spend()], ["fresh", "used"]);
}

async function answers(server) {
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${server.address().port}/photos?size=big%20one`;
  const { headers } = signer.sign({ method: "GET", url });
  assert.equal((await fetch(url)).status, 401);
  assert.deepEqual(await (await fetch(url, { headers })).json(), { account: 7 });
  server.closeAllConnections?.();
  server.close();
}

/** Requests temporary credentials of a server. */
async function issues(server) {
  await once(server.listen(0, "127.0.0.1"), "listening");
  try {
    const url = `http://127.0.0.1:${server.address().port}/oauth/initiate`;
    const answer = await requestTemporaryCredentials(url, {
      client,
      callback: "oob",
      allowInsecureTransport: true,
    });
    assert.equal(answer.callbackConfirmed, true);
  } finally {
    server.closeAllConnections?.();
    server.close();
  }
}
