// One dance over HTTP/1.1 for each mount, and one over https with nginx in front, with the client of this project.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve as serveHono } from "@hono/node-server";
import { signedFetch } from "@oauth1/client";
import {
  authorizationUrl,
  readAuthorizationCallback,
  requestTemporaryCredentials,
  requestTokenCredentials,
} from "@oauth1/client/authorization";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { createSigner } from "@oauth1/signer";
import { freePort, isMissing, startTlsProxy } from "@oauth1/test-servers";
import { createVerifier, type VerifierOptions } from "@oauth1/verifier";
import { expressVerifier } from "@oauth1/verifier/express";
import { fastifyVerifier, verifiedRequest } from "@oauth1/verifier/fastify";
import { honoVerifier } from "@oauth1/verifier/hono";
import { nodeVerifier } from "@oauth1/verifier/node";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { Agent, fetch as undiciFetch } from "undici";
import { afterEach, describe, expect, it } from "vitest";
import { expressProvider } from "../src/express.js";
import { fastifyProvider } from "../src/fastify.js";
import { honoProvider } from "../src/hono.js";
import { createProvider, type Grant, type Provider } from "../src/index.js";
import { nodeProvider } from "../src/node.js";
import { memoryStore } from "../src/stores/memory.js";
import { credentialsOf, PRINTER } from "./served-provider.js";

type ApiVerifier = ReturnType<typeof createVerifier<Grant>>;

/** Each starts a server with the provider and `/photos`, and returns its port and how to stop it. */
const mounts: Record<
  string,
  (
    provider: Provider,
    verifier: ApiVerifier,
    port?: number,
  ) => Promise<{ port: number; stop(): unknown }>
> = {
  async node(provider, verifier, port = 0) {
    const photos = nodeVerifier(verifier, (_request, response, { caller }) => {
      response.end(caller?.resourceOwner);
    });
    return listening(createServer(nodeProvider(provider, photos)).listen(port, "127.0.0.1"));
  },
  async express(provider, verifier, port = 0) {
    const app = express().use(expressProvider(provider)).use(express.urlencoded());
    app.get("/photos", expressVerifier(verifier), (_request, response) => {
      response.send((response.locals.oauth1.caller as Grant | undefined)?.resourceOwner);
    });
    return listening(app.listen(port, "127.0.0.1"));
  },
  async fastify(provider, verifier, port = 0) {
    const app = fastify();
    await app.register(fastifyProvider, { provider });
    await app.register(async (scope) => {
      await scope.register(fastifyVerifier, { verifier });
      scope.get("/photos", (request) => verifiedRequest<Grant>(request).caller?.resourceOwner);
    });
    await app.listen({ port, host: "127.0.0.1" });
    return { port: (app.server.address() as AddressInfo).port, stop: () => app.close() };
  },
  async hono(provider, verifier, port = 0) {
    const app = new Hono().use(honoProvider(provider));
    app.get("/photos", honoVerifier(verifier), (c) =>
      c.text(c.var.oauth1.caller?.resourceOwner ?? ""),
    );
    return listening(serveHono({ fetch: app.fetch, port, hostname: "127.0.0.1" }) as Server);
  },
};

async function listening(server: Server) {
  if (!server.listening) await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, stop: () => server.close() };
}

const stop: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of stop.splice(0)) await each();
});

const shared: Pick<VerifierOptions, "nonces" | "signatureMethods"> = {
  nonces: memoryNonceStore(),
  signatureMethods: [hmacSha1],
};

/** Starts a server with a provider, and returns what it needs for a dance. */
async function start(
  mount: (typeof mounts)[string],
  options: Pick<VerifierOptions, "allowInsecureTransport" | "publicOrigin">,
) {
  /** What the mount passes on about requests for the authorization page. */
  const natives: unknown[] = [];
  const provider = createProvider({
    ...shared,
    ...options,
    store: memoryStore(),
    clients: { find: (identifier) => (identifier === PRINTER.identifier ? PRINTER : undefined) },
    resourceOwner: (_request, native) => {
      natives.push(native);
      return { identifier: "jane", name: "Jane", session: "a secret of the session" };
    },
  });
  const verifier = createVerifier<Grant>({
    ...shared,
    publicOrigin: options.publicOrigin,
    credentials: provider.credentials,
    token: "required",
  });
  const served = await mount(provider, verifier);
  stop.push(served.stop);
  return { provider, natives, port: served.port };
}

/** Does the three steps, calls `/photos`, and revokes the token. */
async function dance(provider: Provider, origin: string, fetch = globalThis.fetch) {
  const step = {
    client: credentialsOf(PRINTER),
    allowInsecureTransport: origin.startsWith("http:"),
    fetch,
  };
  const temporaryCredentials = await requestTemporaryCredentials(
    origin + provider.paths.temporaryCredentials,
    { ...step, callback: PRINTER.callbacks[0] },
  );
  const page = await fetch(
    authorizationUrl(origin + provider.paths.authorization, temporaryCredentials),
  );
  const html = await page.text();
  expect(html).toContain("<strong>Printer</strong> by Example Printers asks for access");
  const form = new URLSearchParams({ decision: "approve" });
  for (const [, field = "", value = ""] of html.matchAll(/name="(\w+)" value="([^"]*)">/g)) {
    if (field !== "decision") form.append(field, value);
  }
  const decided = await fetch(origin + provider.paths.authorization, {
    method: "POST",
    body: form,
    redirect: "manual",
  });
  expect(decided.status).toBe(303);
  const location = decided.headers.get("Location") ?? "";
  const token = await requestTokenCredentials(origin + provider.paths.token, {
    ...step,
    temporaryCredentials,
    verifier: readAuthorizationCallback(location, temporaryCredentials).verifier,
  });
  const signer = createSigner({ client: credentialsOf(PRINTER), token });
  const photos = () => signedFetch(signer, { fetch })(`${origin}/photos?size=big%20one`);
  expect(await (await photos()).text()).toBe("jane");
  expect(await provider.revokeToken("jane", token.identifier)).toBe(true);
  expect((await photos()).status).toBe(401);

  const description = await (await fetch(origin + provider.paths.description)).text();
  expect(description).toContain(`${origin}${provider.paths.token}`);
}

describe.each(Object.entries(mounts))("the mount for %s", (name, mount) => {
  it("serves the dance, and passes other paths on", async () => {
    const { provider, natives, port } = await start(mount, { allowInsecureTransport: true });
    const origin = `http://127.0.0.1:${port}`;
    await dance(provider, origin);
    expect((await fetch(`${origin}${provider.paths.token}/other`)).status).toBe(
      name === "node" ? 401 : 404,
    );
    expect(natives).toHaveLength(2);
    expect(natives[0]).toHaveProperty(name === "hono" ? "req" : "headers");
  });
});

describe.skipIf(isMissing("nginx"))("behind nginx, which terminates TLS", () => {
  it.each(Object.entries(mounts))(
    "the mount for %s serves the dance over https",
    async (_, mount) => {
      const port = await freePort();
      const nginx = await startTlsProxy(
        "nginx",
        (place) => `
server {
  listen ${place.port} ssl;
  ssl_certificate ${place.certificate};
  ssl_certificate_key ${place.key};
  location / { proxy_pass http://127.0.0.1:${port}; proxy_set_header Host $host; }
}`,
      );
      stop.push(() => nginx.stop());
      const { provider } = await start((provider, verifier) => mount(provider, verifier, port), {
        publicOrigin: nginx.url,
      });
      const agent = new Agent({ connect: { ca: nginx.certificate } });
      stop.push(() => agent.close());
      const trusting: unknown = (input: string, init?: object) =>
        undiciFetch(input, { ...init, dispatcher: agent });
      await dance(provider, nginx.url, trusting as typeof fetch);
      // Without TLS in front, the endpoints that return secrets reject everything.
      const direct = await fetch(`http://127.0.0.1:${port}${provider.paths.temporaryCredentials}`, {
        method: "POST",
      });
      expect(direct.status).toBe(401);
    },
  );
});
