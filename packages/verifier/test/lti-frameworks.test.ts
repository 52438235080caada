// Launches over real HTTP to each framework: the handler reads the launch that was signed.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { createAdaptorServer } from "@hono/node-server";
import type { VerifiedRequest } from "@oauth1/verifier";
import { expressVerifier, verifiedRequest as onExpress } from "@oauth1/verifier/express";
import { fastifyVerifier, verifiedRequest as onFastify } from "@oauth1/verifier/fastify";
import { honoVerifier } from "@oauth1/verifier/hono";
import type { VerifiedLaunch } from "@oauth1/verifier/lti";
import { nodeVerifier } from "@oauth1/verifier/node";
import { tracedVerifier } from "@oauth1/verifier/opentelemetry";
import express from "express";
import fastify, { type FastifyInstance } from "fastify";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import {
  consumer,
  FORM,
  launched,
  launchedByImsLti,
  ltiVerifier,
  rich,
  type School,
} from "./lti-launches.js";
import { createListeningServer, listen } from "./verifying-server.js";

const express4: typeof express = createRequire(import.meta.url)("express-4");
const fastify4: typeof fastify = createRequire(import.meta.url)("fastify-4");
const hono3: typeof import("hono") = createRequire(import.meta.url)("hono-3");

const verifier = ltiVerifier();

/** The response of each handler. */
function answer(verified: VerifiedRequest) {
  const launch = verifier.launchOf(verified);
  expectTypeOf(launch).toEqualTypeOf<VerifiedLaunch<School>>();
  const { consumer, user, custom } = launch;
  return { school: consumer.caller?.school, name: user.fullName, text: custom.get("text") };
}

interface Running {
  readonly origin: string;
  close(): Promise<unknown>;
}

function onExpressApp(library: typeof express): Promise<Running> {
  const app = library();
  const tool = library.Router();
  tool.post("/launch", expressVerifier(verifier), (request, response) => {
    expectTypeOf(response.locals.oauth1.caller).toEqualTypeOf<School | undefined>();
    expect(onExpress(request)).toBe(response.locals.oauth1);
    response.json({ ...answer(response.locals.oauth1), body: request.body.user_id });
  });
  app.use("/lti", tool);
  return listen(createServer(app));
}

async function onFastifyApp(app: FastifyInstance): Promise<Running> {
  await app.register(fastifyVerifier, { verifier });
  app.post("/lti/launch", (request) => ({
    ...answer(onFastify(request)),
    body: (request.body as Record<string, string>)["user_id"],
  }));
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as { port: number };
  return { origin: `http://127.0.0.1:${port}`, close: () => app.close() };
}

function onHonoApp(app: Hono): Promise<Running> {
  app.post("/lti/launch", honoVerifier(verifier), async (c) => {
    const { user_id: body } = await c.req.parseBody();
    return c.json({ ...answer(c.var.oauth1), body });
  });
  return listen(createAdaptorServer({ fetch: app.fetch }) as ReturnType<typeof createServer>);
}

const frameworks: Record<string, () => Promise<Running>> = {
  "Express 4": () => onExpressApp(express4),
  "Express 5": () => onExpressApp(express),
  "Fastify 4": () => onFastifyApp(fastify4()),
  "Fastify 5": () => onFastifyApp(fastify()),
  "Hono 3": () => onHonoApp(new hono3.Hono() as unknown as Hono),
  "Hono 4": () => onHonoApp(new Hono()),
  "node:http": () =>
    createListeningServer(
      nodeVerifier(verifier, (_request, response, verified) => {
        const body = verified.form?.find(([name]) => name === "user_id")?.[1];
        response.end(JSON.stringify({ ...answer(verified), body }));
      }),
    ),
  "node:http with spans": () =>
    createListeningServer(
      nodeVerifier(tracedVerifier(verifier), (_request, response, verified) => {
        response.end(JSON.stringify({ ...answer(verified), body: "292832126" }));
      }),
    ),
  "node:http without an adapter": () =>
    createListeningServer(async (request, response) => {
      const verification = await verifier.verify(request);
      if (!verification.verified) {
        response.writeHead(verification.status, verification.headers).end(verification.body);
        return;
      }
      response.end(JSON.stringify({ ...answer(verification), body: "292832126" }));
    }),
};

for (const [name, start] of Object.entries(frameworks)) {
  describe(name, () => {
    let server: Running;
    beforeAll(async () => {
      server = await start();
    });
    afterAll(() => server.close());
    const post = (url: string, body: string, type = FORM) =>
      fetch(url, { method: "POST", headers: { "Content-Type": type }, body });

    it("passes a launch of ims-lti to the handler once", async () => {
      for (const path of ["/lti/launch", "/lti/launch?course=7&b=%2B+x"]) {
        const { url, body } = launchedByImsLti(rich, server.origin + path);
        const response = await post(url, body);
        expect(response.status).toBe(200);
        expect(await response.json()).toEqual({
          school: 7,
          name: `Jané "☃" O'Neil <j@e.com> & co`,
          text: "one\r\ntwo +%26 &amp; = \t~!*'()",
          body: "292832126",
        });
        const again = await post(url, body);
        expect(again.status).toBe(401);
        expect(await again.text()).toMatch(/^oauth_problem=nonce_used/);
      }
    });

    it("rejects a changed launch, and other media types", async () => {
      const { url, body } = launched(rich, { url: `${server.origin}/lti/launch` });
      const changed = await post(url, body.replace("Instructor", "Administrator"));
      expect(changed.status).toBe(401);
      expect(changed.headers.get("WWW-Authenticate")).toMatch(/oauth_problem="signature_invalid"/);
      const json = JSON.stringify(Object.fromEntries(new URLSearchParams(body)));
      expect((await post(url, json, "application/json")).status).toBe(401);
      const form = new FormData();
      for (const [one, value] of new URLSearchParams(body)) form.append(one, value);
      expect((await fetch(url, { method: "POST", body: form })).status).toBe(401);
      expect((await post(url, body)).status).toBe(200);
    });

    it("rejects a signed request that is not a launch", async () => {
      const url = `${server.origin}/lti/launch`;
      const response = await post(url, launched([["user_id", "1"]], { url }).body);
      expect(response.status).toBe(400);
      expect(await response.text()).toMatch(
        /^oauth_problem=parameter_absent&oauth_parameters_absent=lti_message_type%26lti_version/,
      );
      const stranger = { client: { ...consumer, sharedSecret: "guessed" } };
      expect((await post(url, launched(rich, { url, ...stranger }).body)).status).toBe(401);
    });
  });
}
