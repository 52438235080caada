// The middleware in the real frameworks over real HTTP: the caller, the form, other bodies,
// rejections.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { createAdaptorServer } from "@hono/node-server";
import * as onExpress from "@oauth1/verifier/express";
import { expressVerifier } from "@oauth1/verifier/express";
import { fastifyVerifier, verifiedRequest } from "@oauth1/verifier/fastify";
import * as onHono from "@oauth1/verifier/hono";
import { honoVerifier } from "@oauth1/verifier/hono";
import * as onNode from "@oauth1/verifier/node";
import { nodeVerifier } from "@oauth1/verifier/node";
import express from "express";
import fastify, { type FastifyInstance } from "fastify";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import {
  type Account,
  client,
  createListeningServer,
  credentialStore,
  listen,
  readAll,
  sendRaw,
  signed,
  testVerifier,
} from "./verifying-server.js";

const express4: typeof express = createRequire(import.meta.url)("express-4");
const fastify4: typeof fastify = createRequire(import.meta.url)("fastify-4");
const hono3: typeof import("hono") = createRequire(import.meta.url)("hono-3");

const FORM = "application/x-www-form-urlencoded";
const verifier = testVerifier({ limits: { body: 2000 } });

interface Running {
  readonly origin: string;
  readonly port: number;
  close(): Promise<unknown>;
}

function expressBeforeParsers(library: typeof express): Promise<Running> {
  const app = library();
  const api = library.Router();
  api.use(expressVerifier(verifier), library.urlencoded({ extended: true }), library.json());
  api.get("/who", (request, response) => {
    const { caller } = onExpress.verifiedRequest<Account>(request);
    expectTypeOf(caller).toEqualTypeOf<Account | undefined>();
    response.json(caller);
  });
  api.post(["/form", "/json"], (request, response) => {
    response.json(request.body);
  });
  app.use("/api", api);
  return listen(createServer(app));
}

async function fastifyInScope(app: FastifyInstance): Promise<Running> {
  app.get("/open", (request) => ({ oauth1: request.oauth1 ?? null }));
  await app.register(
    async (api) => {
      await api.register(fastifyVerifier, { verifier });
      api.get("/who", (request) => {
        const { caller } = verifiedRequest<Account>(request);
        expectTypeOf(caller).toEqualTypeOf<Account | undefined>();
        return caller;
      });
      api.post("/form", (request) => request.body);
      api.post("/json", (request) => request.body);
    },
    { prefix: "/api" },
  );
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as { port: number };
  return { origin: `http://127.0.0.1:${port}`, port, close: () => app.close() };
}

function honoOnNode(app: Hono): Promise<Running> {
  app.use("/api/*", honoVerifier(verifier));
  const isSigned = honoVerifier(verifier);
  app.get("/typed", isSigned, (c) => {
    expectTypeOf(c.var.oauth1.caller).toEqualTypeOf<Account | undefined>();
    return c.body(null);
  });
  app.get("/api/who", (c) => {
    const { caller } = onHono.verifiedRequest<Account>(c.req);
    expectTypeOf(caller).toEqualTypeOf<Account | undefined>();
    return c.json(caller);
  });
  app.post("/api/form", async (c) => c.json(await c.req.parseBody()));
  app.post("/api/json", async (c) => c.json(await c.req.json()));
  return listen(createAdaptorServer({ fetch: app.fetch }) as ReturnType<typeof createServer>);
}

/**
 * Each responds to `GET /api/who?…` with the caller's account, to `POST /api/form` with the form as
 * its handlers read it, and to `POST /api/json` with the JSON as its handlers read it.
 */
const frameworks: Record<string, () => Promise<Running>> = {
  "node:http": () =>
    createListeningServer(
      nodeVerifier(verifier, async (request, response, { caller }) => {
        expectTypeOf(caller).toEqualTypeOf<Account | undefined>();
        const body = (await readAll(request)).toString();
        const path = request.url ?? "";
        const answer = path.startsWith("/api/who")
          ? onNode.verifiedRequest<Account>(request).caller
          : path.startsWith("/api/form")
            ? Object.fromEntries(new URLSearchParams(body))
            : JSON.parse(body);
        response.end(JSON.stringify(answer));
      }),
    ),

  "Express 4": () => expressBeforeParsers(express4),

  "Express 5, before its body parsers": () => expressBeforeParsers(express),

  "Express, on each route, no parser for forms": () => {
    const app = express();
    const isSigned = expressVerifier(verifier);
    app.get("/api/who", isSigned, (_request, response) => {
      expectTypeOf(response.locals.oauth1.caller).toEqualTypeOf<Account | undefined>();
      response.json(response.locals.oauth1.caller);
    });
    app.post("/api/form", isSigned, (request, response) => {
      response.json(request.body);
    });
    app.post("/api/json", isSigned, express.json(), (request, response) => {
      response.json(request.body);
    });
    return listen(createServer(app));
  },

  "Fastify 4": () => fastifyInScope(fastify4()),

  "Fastify 5": () => fastifyInScope(fastify()),

  "Fastify with a rewritten URL": async () => {
    const app = fastify({ rewriteUrl: ({ url = "" }) => url.replace("/api/", "/v2/") });
    await app.register(fastifyVerifier, { verifier });
    app.get("/v2/who", (request) => verifiedRequest(request).caller);
    app.post("/v2/form", (request) => request.body);
    app.post("/v2/json", (request) => request.body);
    await app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = app.server.address() as { port: number };
    return { origin: `http://127.0.0.1:${port}`, port, close: () => app.close() };
  },

  "Hono 3 on Node": () => honoOnNode(new hono3.Hono() as unknown as Hono),

  "Hono 4 on Node": () => honoOnNode(new Hono()),
};

for (const [name, start] of Object.entries(frameworks)) {
  describe(name, () => {
    let server: Running;
    beforeAll(async () => {
      server = await start();
    });
    afterAll(() => server.close());

    const send = (request: ReturnType<typeof signed<string>>) =>
      fetch(request.url, {
        method: request.method,
        headers: request.headers,
        body: request.body,
      });

    it("passes the caller to the handler", async () => {
      const { url, headers } = signed({
        method: "GET",
        url: `${server.origin}/api/who?q=%7e%20+&r`,
      });
      const response = await fetch(url, { headers });
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ account: 7 });
    });

    it.each(["header", "form-body", "query"] as const)(
      "passes on a form: %s",
      async (transmission) => {
        const response = await send(
          signed<string>(
            {
              method: "POST",
              url: `${server.origin}/api/form`,
              headers: { "Content-Type": FORM },
              body: "a=%E2%98%83&b=2+q",
            },
            { transmission },
          ),
        );
        expect(response.status).toBe(200);
        const form = await response.json();
        expect(form).toMatchObject({ a: "☃", b: "2 q" });
        expect(Object.hasOwn(form, "oauth_signature")).toBe(transmission === "form-body");
      },
    );

    it.each([false, true])("passes on JSON with a body hash: %s", async (bodyHash) => {
      const request = {
        method: "POST",
        url: `${server.origin}/api/json`,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ a: ["☃"] }),
      };
      const response = await send(signed<string>(request, { bodyHash }));
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ a: ["☃"] });
    });

    it("responds to unverified requests without calling the handler", async () => {
      const { url, headers } = signed(
        { method: "GET", url: `${server.origin}/api/who` },
        { client: { ...client, sharedSecret: "guessed" } },
      );
      const response = await fetch(url, { headers });
      expect(response.status).toBe(401);
      expect(response.headers.get("WWW-Authenticate")).toMatch(
        /^OAuth realm="Photos", oauth_problem="signature_invalid"/,
      );
      expect(await response.text()).toMatch(/^oauth_problem=signature_invalid&/);
    });

    it("does not verify the same request twice", async () => {
      const { url, headers } = signed({ method: "GET", url: `${server.origin}/api/who` });
      expect((await fetch(url, { headers })).status).toBe(200);
      expect((await fetch(url, { headers })).status).toBe(401);
    });

    it("rejects a form that grows too long, and closes the connection", async () => {
      const chunk = `1f4\r\n${"a".repeat(500)}\r\n`;
      const { status, headers } = await sendRaw(
        server.port,
        `POST /api/form HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Type: ${FORM}\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(6)}`,
      );
      expect(status).toBe(413);
      expect(headers.get("Connection")).toBe("close");
    });

    it("keeps serving a connection, whether the handler read the form or not", async () => {
      for (let index = 0; index < 5; index++) {
        const response = await send(
          signed<string>({
            method: "POST",
            url: `${server.origin}/api/form`,
            headers: { "Content-Type": FORM },
            body: `index=${index}`,
          }),
        );
        expect(await response.json()).toEqual({ index: String(index) });
        const unsigned = await fetch(`${server.origin}/api/form`, {
          method: "POST",
          headers: { "Content-Type": FORM },
          body: "a=1",
        });
        expect(unsigned.status).toBe(401);
        expect(unsigned.headers.get("Connection")).not.toBe("close");
      }
    });
  });
}

describe("verifiedRequest", () => {
  const adapters: [name: string, call: (request: never) => unknown, advice: string][] = [
    ["Express", onExpress.verifiedRequest, "mount expressVerifier"],
    ["Fastify", verifiedRequest, "register fastifyVerifier"],
    ["Hono", onHono.verifiedRequest, "mount honoVerifier"],
    ["node:http", onNode.verifiedRequest, "wrap the listener with nodeVerifier"],
  ];

  it.each(adapters)("of %s throws for a request that was not verified", (_, call, advice) => {
    // A caller cannot send it, because it is not stored in the request.
    const forged = { oauth1: { verified: true }, res: { locals: { oauth1: { verified: true } } } };
    expect(() => call(forged as never)).toThrow(
      expect.objectContaining({
        name: "VerifierError",
        code: "ERR_NOT_VERIFIED",
        message: expect.stringContaining(`the request was not verified: ${advice}`),
      }),
    );
  });

  it("needs only the request", () => {
    for (const [, call] of adapters) expect(call).toHaveLength(1);
  });
});

describe("other environments", () => {
  it("an adapter in another framework reports which framework it needs", async () => {
    const version = (needs: string) => ({
      code: "ERR_FRAMEWORK_VERSION",
      message: `${needs} or later; update it`,
    });
    const given: unknown[] = [];
    await expressVerifier(verifier)({} as never, {} as never, (error) => given.push(error));
    expect(given).toEqual([expect.objectContaining(version("expressVerifier needs Express 4"))]);
    const withoutNext = expressVerifier(verifier)({} as never, { locals: {} } as never, 1 as never);
    await expect(withoutNext).rejects.toMatchObject(version("expressVerifier needs Express 4"));
    await expect(fastifyVerifier({} as never, { verifier })).rejects.toMatchObject(
      version("fastifyVerifier needs Fastify 4"),
    );
    for (const context of [
      undefined,
      {},
      { req: { raw: {} } },
      { set() {} },
      { req: {}, set() {} },
    ]) {
      await expect(honoVerifier(verifier)(context as never, async () => {})).rejects.toMatchObject(
        version("honoVerifier needs Hono 3"),
      );
    }
  });

  it("Hono outside Node verifies the Request", async () => {
    const app = new Hono();
    app.post("/form", honoVerifier(verifier), async (c) =>
      c.json({ ...(await c.req.parseBody()), ...c.var.oauth1.caller }),
    );
    const { url, ...init } = signed({
      method: "POST",
      url: "https://api.example.com/form",
      body: new URLSearchParams("a=1"),
    });
    const response = await app.request(url, init as RequestInit);
    expect(await response.json()).toEqual({ a: "1", account: 7 });
    const again = await app.request(url, init as RequestInit);
    expect(again.status).toBe(401);
    expect(again.headers.get("Connection")).toBeNull();
  });

  it("Express sets no body that is not a form", async () => {
    const app = express();
    app.post("/text", expressVerifier(verifier), (request, response) => {
      response.json({ hasBody: request.body !== undefined });
    });
    const server = await listen(createServer(app));
    const { url, headers, body } = signed(
      {
        method: "POST",
        url: `${server.origin}/text`,
        headers: { "Content-Type": "text/plain" },
        body: "a=1",
      },
      { bodyHash: true },
    );
    const response = await fetch(url, { method: "POST", headers, body: body as string });
    expect(await response.json()).toEqual({ hasBody: false });
    await server.close();
  });

  it("Fastify logs why a server cannot verify, and no other rejection", async () => {
    const lines: { err: { message: string }; msg: string }[] = [];
    const stream = { write: (line: string) => lines.push(JSON.parse(line)) };
    const app = fastify({ logger: { level: "error", stream } });
    let find = credentialStore().find;
    const changing = testVerifier({ credentials: { find: (...names) => find(...names) } });
    await app.register(fastifyVerifier, { verifier: changing });
    app.get("/", () => "");
    await app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = app.server.address() as { port: number };
    const statusOf = async (secret: string) => {
      const { url, headers } = signed(
        { method: "GET", url: `http://127.0.0.1:${port}/` },
        { client: { ...client, sharedSecret: secret } },
      );
      return (await fetch(url, { headers })).status;
    };
    expect(await statusOf("guessed")).toBe(401);
    expect(lines).toEqual([]);
    find = () => {
      throw new Error("the database is down");
    };
    expect(await statusOf(client.sharedSecret)).toBe(503);
    expect(lines).toMatchObject([
      {
        err: { message: "the database is down" },
        msg: "the server's credentials cannot be used at the moment",
      },
    ]);
    await app.close();
  });

  it("a listener that fails gets a 500 response without details", async () => {
    const server = await createListeningServer(
      nodeVerifier(verifier, () => {
        throw new Error("secret");
      }),
    );
    const { url, headers } = signed({ method: "GET", url: `${server.origin}/` });
    const response = await fetch(url, { headers });
    expect(response.status).toBe(500);
    expect(await response.text()).toBe("");
    await server.close();
  });

  it("a listener that fails in the middle of its response ends the connection", async () => {
    const server = await createListeningServer(
      nodeVerifier(verifier, async (_request, response) => {
        await new Promise((done) => response.write("the first part", done));
        throw new Error("secret");
      }),
    );
    const { url, headers } = signed({ method: "GET", url: `${server.origin}/` });
    const response = await fetch(url, { headers });
    await expect(response.text()).rejects.toThrow("terminated");
    await server.close();
  });

  it("nodeVerifier needs a listener", () => {
    expect(() => nodeVerifier(verifier, undefined as never)).toThrow(
      "nodeVerifier: listener must be a function",
    );
  });

  it.each<[name: string, library: typeof express]>([
    ["Express 4", express4],
    ["Express 5", express],
  ])("%s passes the error to its error handler after a body parser", async (_, library) => {
    const app = library();
    const errors: unknown[] = [];
    app.use(library.urlencoded({ extended: true }), expressVerifier(verifier));
    const fail: express.ErrorRequestHandler = (error, _request, response, _next) => {
      errors.push(error);
      response.sendStatus(500);
    };
    app.use(fail);
    const server = await listen(createServer(app));
    const request = signed({
      method: "POST",
      url: `${server.origin}/`,
      body: new URLSearchParams("a=1"),
    });
    const response = await fetch(request.url, {
      method: "POST",
      headers: request.headers,
      body: request.body,
    });
    expect(response.status).toBe(500);
    expect(errors).toEqual([expect.objectContaining({ code: "ERR_BODY_READ" })]);
    await server.close();
  });
});
