// One dance over HTTP/1.1 for each mount, with the client of this project.
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
import { createVerifier, type VerifierOptions } from "@oauth1/verifier";
import { expressVerifier } from "@oauth1/verifier/express";
import { fastifyVerifier, verifiedRequest } from "@oauth1/verifier/fastify";
import { honoVerifier } from "@oauth1/verifier/hono";
import { nodeVerifier } from "@oauth1/verifier/node";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
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
  (provider: Provider, verifier: ApiVerifier) => Promise<{ port: number; stop(): unknown }>
> = {
  async node(provider, verifier) {
    const photos = nodeVerifier(verifier, (_request, response, { caller }) => {
      response.end(caller?.resourceOwner);
    });
    return listening(createServer(nodeProvider(provider, photos)).listen(0, "127.0.0.1"));
  },
  async express(provider, verifier) {
    const app = express().use(expressProvider(provider)).use(express.urlencoded());
    app.get("/photos", expressVerifier(verifier), (_request, response) => {
      response.send((response.locals.oauth1.caller as Grant | undefined)?.resourceOwner);
    });
    return listening(app.listen(0, "127.0.0.1"));
  },
  async fastify(provider, verifier) {
    const app = fastify();
    await app.register(fastifyProvider, { provider });
    await app.register(async (scope) => {
      await scope.register(fastifyVerifier, { verifier });
      scope.get("/photos", (request) => verifiedRequest<Grant>(request).caller?.resourceOwner);
    });
    await app.listen({ port: 0, host: "127.0.0.1" });
    return { port: (app.server.address() as AddressInfo).port, stop: () => app.close() };
  },
  async hono(provider, verifier) {
    const app = new Hono().use(honoProvider(provider));
    app.get("/photos", honoVerifier(verifier), (c) =>
      c.text(c.var.oauth1.caller?.resourceOwner ?? ""),
    );
    return listening(serveHono({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }) as Server);
  },
};

async function listening(server: Server) {
  if (!server.listening) await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, stop: () => server.close() };
}

let stop: (() => unknown) | undefined;
afterEach(async () => {
  await stop?.();
});

describe.each(Object.entries(mounts))("the mount for %s", (name, mount) => {
  it("serves the dance, and passes other paths on", async () => {
    const shared: Pick<VerifierOptions, "nonces" | "signatureMethods"> = {
      nonces: memoryNonceStore(),
      signatureMethods: [hmacSha1],
    };
    const natives: unknown[] = [];
    const provider = createProvider({
      ...shared,
      store: memoryStore(),
      clients: { find: (identifier) => (identifier === PRINTER.identifier ? PRINTER : undefined) },
      resourceOwner: (_request, native) => {
        natives.push(native);
        return { identifier: "jane", name: "Jane", session: "a secret of the session" };
      },
      allowInsecureTransport: true,
    });
    const verifier = createVerifier<Grant>({
      ...shared,
      credentials: provider.credentials,
      token: "required",
    });
    const served = await mount(provider, verifier);
    stop = served.stop;
    const origin = `http://127.0.0.1:${served.port}`;
    const step = { client: credentialsOf(PRINTER), allowInsecureTransport: true };

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
    const photos = await signedFetch(signer)(`${origin}/photos?size=big%20one`);
    expect(await photos.text()).toBe("jane");
    expect(await provider.revokeToken("jane", token.identifier)).toBe(true);
    expect((await signedFetch(signer)(`${origin}/photos?size=big%20one`)).status).toBe(401);

    const description = await (await fetch(origin + provider.paths.description)).text();
    expect(description).toContain(`${origin}${provider.paths.token}`);
    expect((await fetch(`${origin}${provider.paths.token}/other`)).status).toBe(
      name === "node" ? 401 : 404,
    );
    expect(natives).toHaveLength(2);
    expect(natives[0]).toHaveProperty(name === "hono" ? "req" : "headers");
  });
});
