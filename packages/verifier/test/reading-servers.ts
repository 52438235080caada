// Servers behind a verifier whose handlers report what they could read: every field that the
// framework's own form parser finds, and the octets of the body if available.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import {
  createServer as createHttp2Server,
  createSecureServer,
  type Http2SecureServer,
  type Http2Server,
} from "node:http2";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "node:querystring";
import formbody from "@fastify/formbody";
import { createAdaptorServer } from "@hono/node-server";
import type { Verifier } from "@oauth1/verifier";
import { expressVerifier } from "@oauth1/verifier/express";
import { fastifyVerifier } from "@oauth1/verifier/fastify";
import { honoVerifier } from "@oauth1/verifier/hono";
import { nodeVerifier } from "@oauth1/verifier/node";
import express from "express";
import fastify, { type FastifyServerFactoryHandler } from "fastify";
import { Hono } from "hono";
import { readAll } from "./verifying-server.js";

/** For what is used here its types are those of Express 5. */
const express4: typeof express = createRequire(import.meta.url)("express-4");

/** The data that a handler could read. */
export interface Reading {
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** `undefined` if the framework does not pass the octets to the handler. */
  readonly octets: Uint8Array | undefined;
}

/** By the request's `X-Case` header. */
export type Readings = Map<string, Reading>;

export interface ReadingServer {
  readonly name: string;
  readonly port: number;
  readonly isHttp2: boolean;
  readonly isEncrypted: boolean;
  close(): Promise<void>;
}

/** The verifiers, by the first segment of the path. */
export type Verifiers = Readonly<Record<"open" | "hashed", Verifier>>;

type AnyServer = Server | Http2Server | Http2SecureServer;

/** The ways to serve a listener: HTTP/1.1 with the strict or the lenient parser, and HTTP/2. */
const transports: Record<string, (listener: RequestListener) => AnyServer> = {
  "HTTP/1.1": (listener) => createServer(listener),
  "HTTP/1.1, insecureHTTPParser": (listener) =>
    createServer({ insecureHTTPParser: true }, listener),
  "HTTP/2, cleartext": (listener) => createHttp2Server(listener as never),
  "HTTP/2, TLS": (listener) => createSecureServer(certificate(), listener as never),
};

/** Express reads HTTP/1.1 only. */
const HTTP1 = ["HTTP/1.1", "HTTP/1.1, insecureHTTPParser"];

/** Starts each framework on each transport. */
export async function startReadingServers(
  verifiers: Verifiers,
  readings: Readings,
): Promise<ReadingServer[]> {
  const servers: ReadingServer[] = [];
  for (const [transport, create] of Object.entries(transports)) {
    for (const [framework, prepare] of Object.entries(frameworks)) {
      if (framework.startsWith("Express") && !HTTP1.includes(transport)) continue;
      const server = await prepare(verifiers, readings, create);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      servers.push({
        name: `${framework}, ${transport}`,
        port: (server.address() as AddressInfo).port,
        isHttp2: transport.startsWith("HTTP/2"),
        isEncrypted: transport.endsWith("TLS"),
        close: () =>
          new Promise((resolve) => {
            server.close(() => resolve());
            if ("closeAllConnections" in server) server.closeAllConnections();
          }),
      });
    }
  }
  return servers;
}

type Prepare = (
  verifiers: Verifiers,
  readings: Readings,
  create: (listener: RequestListener) => AnyServer,
) => AnyServer | Promise<AnyServer>;

const frameworks: Record<string, Prepare> = {
  node: (verifiers, readings, create) =>
    create((request, response) => {
      const verifier = request.url?.startsWith("/hashed") ? verifiers.hashed : verifiers.open;
      return nodeVerifier(verifier, async (incoming) => {
        const octets = await readAll(incoming);
        readings.set(caseOf(incoming), {
          fields: await formFields(incoming.headers["content-type"], octets),
          octets,
        });
        response.end();
      })(request, response);
    }),

  "Express 5": (verifiers, readings, create) =>
    create(expressApp(express, verifiers, readings) as RequestListener),
  "Express 4": (verifiers, readings, create) =>
    create(expressApp(express4, verifiers, readings) as RequestListener),

  Fastify: (verifiers, readings, create) => fastifyApp(verifiers, readings, create, false),
  "Fastify and @fastify/formbody": (verifiers, readings, create) =>
    fastifyApp(verifiers, readings, create, true),

  Hono: (verifiers, readings, create) => {
    const app = new Hono();
    for (const [path, verifier] of Object.entries(verifiers)) {
      app.all(`/${path}/*`, honoVerifier(verifier), async (c) => {
        const octets = new Uint8Array(await c.req.arrayBuffer());
        const form = await c.req.parseBody({ all: true }).catch(() => ({}));
        readings.set(c.req.header("X-Case") ?? "", {
          fields: [
            ...flatten(form),
            ...(await formFields(c.req.raw.headers.get("content-type") ?? undefined, octets)),
          ],
          octets,
        });
        return c.body(null);
      });
    }
    const createWith = (_options: unknown, listener: RequestListener) => create(listener);
    return createAdaptorServer({
      fetch: app.fetch,
      createServer: createWith as never,
    }) as AnyServer;
  },
};

function expressApp(
  framework: typeof express,
  verifiers: Verifiers,
  readings: Readings,
): express.Express {
  const app = framework();
  for (const [path, verifier] of Object.entries(verifiers)) {
    app.use(
      `/${path}`,
      expressVerifier(verifier),
      framework.urlencoded({ extended: true }),
      (request: express.Request, response: express.Response) => {
        readings.set(caseOf(request), { fields: flatten(request.body), octets: undefined });
        response.end();
      },
    );
  }
  return app;
}

async function fastifyApp(
  verifiers: Verifiers,
  readings: Readings,
  create: (listener: RequestListener) => AnyServer,
  withFormbody: boolean,
): Promise<AnyServer> {
  let server: AnyServer | undefined;
  const serverFactory = (handler: FastifyServerFactoryHandler) => {
    server = create(handler as unknown as RequestListener);
    return server as Server;
  };
  const app = fastify({ serverFactory });
  if (withFormbody) await app.register(formbody);
  app.removeContentTypeParser(["application/json", "text/plain"]);
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  for (const [path, verifier] of Object.entries(verifiers)) {
    await app.register(
      async (api) => {
        await api.register(fastifyVerifier, { verifier });
        api.all("/*", async ({ raw, body }) => {
          const octets = Buffer.isBuffer(body) ? body : undefined;
          const fields = octets === undefined ? flatten(body) : [];
          readings.set(caseOf(raw), { fields, octets });
          return "";
        });
      },
      { prefix: `/${path}` },
    );
  }
  await app.ready();
  if (server === undefined) throw new Error("Fastify made no server");
  return server;
}

function caseOf({ headers }: Pick<IncomingMessage, "headers">): string {
  return String(headers["x-case"]);
}

/**
 * Reads a handler's octets with two usual readers: like body-parser, which tolerates white space
 * around the media type, and with the web's `formData()`.
 */
export async function formFields(
  contentType: string | undefined,
  octets: Uint8Array,
): Promise<Reading["fields"]> {
  const essence = contentType?.split(";")[0]?.trim().toLowerCase();
  const tolerant =
    essence === "application/x-www-form-urlencoded"
      ? flatten(parse(new TextDecoder().decode(octets)))
      : [];
  try {
    const headers = { "Content-Type": contentType ?? "" };
    const form = await new Response(octets as Uint8Array<ArrayBuffer>, { headers }).formData();
    return [...tolerant, ...[...form].map(([name, value]) => [name, String(value)] as const)];
  } catch {
    return tolerant;
  }
}

/** A form as parsers return it: an object whose values can be lists. */
function flatten(form: unknown): (readonly [string, string])[] {
  if (typeof form !== "object" || form === null) return [];
  return Object.entries(form).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, String(one)] as const),
  );
}

let made: { key: Buffer; cert: Buffer } | undefined;

/** A certificate for 127.0.0.1 that is valid for a day. */
function certificate(): { key: Buffer; cert: Buffer } {
  if (made !== undefined) return made;
  const folder = mkdtempSync(join(tmpdir(), "oauth1-certificate-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"];
  const name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
  execFileSync("openssl", ["req", "-x509", ...kind, ...name, "-keyout", key, "-out", cert], {
    stdio: "ignore",
  });
  made = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return made;
}
