// Clients that disconnect at every stage of a request must neither end the server nor cause an
// internal error.
import { rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { createSigner } from "@oauth1/signer";
import { isMissing, startPostgres, type TestServer } from "@oauth1/test-servers";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDataFolder } from "./data-folder.js";
import { createKey, type Process, type Session, signInByLink, startProcess } from "./processes.js";

const BODY = JSON.stringify({ username: "nobody", password: "x".repeat(200) });

/** The message of a line of the log. */
function faultOf(line: string): string {
  const { msg, err } = JSON.parse(line);
  return `${msg}: ${err?.message}`;
}

describe.each(["PGlite", "PostgreSQL"])(
  "on %s, the server survives a client that disconnects",
  (name) => {
    describe.skipIf(name === "PostgreSQL" && isMissing("postgres"))("", () => {
      let dataFolder = "";
      let postgres: TestServer | undefined;
      let running: Process;
      let session: Session;
      /** Requests as sent over the wire, with separate bodies. */
      let requests: { name: string; head: string; body: string }[];

      beforeAll(async () => {
        dataFolder = await freshDataFolder();
        postgres = name === "PostgreSQL" ? await startPostgres() : undefined;
        running = await startProcess(["--port", "0", "--data", dataFolder], {
          LOG_LEVEL: "error",
          ...(postgres && { DATABASE_URL: postgres.url }),
        });
        session = await signInByLink(running);
        const { origin } = running;
        const { key, credentials } = await createKey(origin, session, "Aborted");
        const signed = (method: string, path: string, body?: string) => {
          const request = createSigner({ ...credentials, bodyHash: body !== undefined }).sign({
            method,
            url: origin + path,
            ...(body !== undefined && { body, headers: { "Content-Type": "application/json" } }),
          });
          return {
            ...request.headers,
            ...(body !== undefined && { "Content-Type": "application/json" }),
          };
        };
        const headers = session.headers(origin);
        const json = { "Content-Type": "application/json" };
        const login = `/api/account/${session.accountId}/login?v=1.3`;
        const echo = `/api/account/${session.accountId}/echo/data/data-access`;
        const values = {
          username: "bot",
          appKey: credentials.client.identifier,
          secret: credentials.client.sharedSecret,
          accessToken: credentials.token.identifier,
          accessTokenSecret: credentials.token.sharedSecret,
        };
        const newKey = {
          applicationName: "x".repeat(99),
          developerName: "Jane Doe",
          category: "data",
          permissions: ["data-access"],
        };
        const all: [string, string, object, unknown?][] = [
          ["POST", "/api/console/session", json, BODY],
          ["POST", "/api/console/one-time-link", json, { token: "x".repeat(90) }],
          ["POST", "/api/console/password", json, { token: "x", password: "y".repeat(200) }],
          ["POST", "/api/console/keys", headers, newKey],
          ["PATCH", `/api/console/keys/${key.id}`, headers, { description: "z".repeat(900) }],
          ["POST", `/api/console/keys/${key.id}/rotate`, headers, { overlapSeconds: 60 }],
          ["GET", "/api/console/keys?pageSize=100", headers],
          ["GET", "/api/console/audit?pageSize=100", headers],
          ["POST", login, json, values],
          ["POST", login, signed("POST", login, BODY), BODY],
          ["GET", echo, signed("GET", echo)],
          ["POST", echo, signed("POST", echo), BODY],
          ["GET", "/api/openapi.json", {}],
          ["GET", "/playground", {}],
          ["GET", "/health", {}],
        ];
        requests = all.map(([method, path, fields, body]) => ({
          name: `${method} ${path}`,
          head: [
            `${method} ${path} HTTP/1.1`,
            `Host: ${new URL(origin).host}`,
            ...Object.entries(fields).map(([field, value]) => `${field}: ${value}`),
            "",
          ].join("\r\n"),
          body: body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body),
        }));
      });
      afterAll(async () => {
        running?.child.kill("SIGKILL");
        await postgres?.stop();
        rmSync(dataFolder, { recursive: true, force: true });
      });

      const open = () =>
        new Promise<Socket>((resolve, reject) => {
          const { hostname, port } = new URL(running.origin);
          const socket = connect(Number(port), hostname, () => resolve(socket));
          socket.on("error", reject);
        });
      const whole = ({ head, body }: (typeof requests)[number]) =>
        `${head}${body === "" ? "" : `Content-Length: ${body.length}\r\n`}\r\n${body}`;

      /** Sends the start of a request and disconnects, by FIN and by RST. */
      async function abandon(text: string, after: (socket: Socket) => Promise<unknown>) {
        for (const leave of ["destroy", "resetAndDestroy"] as const) {
          const socket = await open();
          socket.on("error", () => {});
          socket.write(text);
          await after(socket);
          socket[leave]();
        }
      }

      async function requireHealthy() {
        const health = await fetch(`${running.origin}/health`);
        expect(health.status).toBe(200);
        // Waits for the abandoned requests to end.
        await wait(100);
        expect(running.child.exitCode).toBeNull();
        expect(running.told().split("\n").filter(Boolean).map(faultOf)).toEqual([]);
      }

      it("before the end of the headers", async () => {
        for (const { head } of requests) {
          for (const share of [0.1, 0.5, 1]) {
            await abandon(head.slice(0, head.length * share), () => wait(5));
          }
        }
        await requireHealthy();
      });

      it("within the body, by Content-Length and in chunks", async () => {
        for (const { head, body } of requests) {
          if (body === "") continue;
          const half = body.slice(0, body.length / 2);
          for (const text of [
            `${head}Content-Length: ${body.length}\r\n\r\n`,
            `${head}Content-Length: ${body.length}\r\n\r\n${half}`,
            `${head}Transfer-Encoding: chunked\r\n\r\n`,
            `${head}Transfer-Encoding: chunked\r\n\r\n${half.length.toString(16)}\r\n${half}\r\n`,
            `${head}Transfer-Encoding: chunked\r\n\r\n${half.length.toString(16)}\r\n${half}\r\nzz`,
          ]) {
            await abandon(text, () => wait(20));
          }
        }
        await requireHealthy();
      });

      it("while a handler runs", async () => {
        for (const request of requests) {
          for (const delay of [0, 1, 3]) await abandon(whole(request), () => wait(delay));
        }
        await requireHealthy();
      });

      it.skipIf(name === "PGlite")("while a handler waits for the database", async () => {
        const client = new pg.Client({ connectionString: postgres?.url ?? "" });
        await client.connect();
        // Locks one table at a time: two could cause a deadlock with the server's transactions. And for
        // one request at a time, so that the abandoned ones do not use up the server's connections.
        for (const table of ["users", "api_keys"]) {
          for (const request of requests) {
            await client.query("begin");
            await client.query(`lock table ${table} in access exclusive mode`);
            try {
              await abandon(whole(request), () => wait(20));
            } finally {
              await client.query("rollback");
            }
          }
        }
        await client.end();
        await requireHealthy();
      });

      it("while it receives the response", async () => {
        for (const request of requests) {
          await abandon(whole(request), async (socket) => {
            socket.pause();
            await Promise.race([
              new Promise((resolve) => socket.once("readable", resolve)),
              wait(2000),
            ]);
            socket.read(10);
          });
        }
        await requireHealthy();
      });
    });
  },
);
