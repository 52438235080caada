// Clients that disconnect from the process of `serve` at every stage. It must answer the next
// client.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { serveChecks, type TestCredentials, UsageError } from "@oauth1/conformance";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const bin = fileURLToPath(new URL("../bin/oauth1-conformance.js", import.meta.url));
const credentials: TestCredentials = {
  client: { identifier: "client", sharedSecret: "client secret" },
  token: { identifier: "token", sharedSecret: "token secret" },
};

const ends = {
  "a reset": (socket: Socket) => socket.resetAndDestroy(),
  "a close": (socket: Socket) => socket.destroy(),
  "an end": (socket: Socket) => socket.end(),
} as const;

const HEAD = "POST /a?b=1 HTTP/1.1\r\nHost: a\r\nAuthorization: OAuth oauth_nonce=";
const FORM = "Content-Type: application/x-www-form-urlencoded\r\n";

/**
 * What is sent before the client disconnects, and whether the client waits for the beginning of
 * an answer first.
 */
const stages: readonly (readonly [stage: string, sent: string, waits?: boolean])[] = [
  ["before anything is sent", ""],
  ["within the request line", "POST /a"],
  ["within the header section", HEAD],
  ["after the header section", `${HEAD}n\r\nContent-Length: 100\r\n\r\n`],
  ["within the body", `${HEAD}n\r\n${FORM}Content-Length: 100\r\n\r\na=1`],
  ["within a chunk", `${HEAD}n\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nabc`],
  ["after a chunk that is broken", `${HEAD}n\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef`],
  ["while it waits to continue", `${HEAD}n\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n`],
  [
    "within a body that is too large",
    `${HEAD}n\r\nContent-Length: 3000000\r\n\r\n${"a".repeat(2_000_000)}`,
  ],
  ["between requests", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", true],
  ["within the second request", "GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTT", true],
  [
    "within the second body",
    `GET /a HTTP/1.1\r\nHost: a\r\n\r\n${HEAD}n\r\nContent-Length: 9\r\n\r\na`,
    true,
  ],
  ["while answers are written", "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2000)],
  ["while answers are read", "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2000), true],
  ["after an upgrade", "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nxyz"],
  ["after CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\nxyz"],
];

describe("serve", () => {
  let server: ChildProcess;
  let address: URL;
  let complaints = "";
  beforeAll(async () => {
    server = spawn(process.execPath, [bin, "serve", "--port", "0"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    server.stderr?.on("data", (text) => {
      complaints += text;
    });
    address = await new Promise<URL>((resolve) => {
      let printed = "";
      server.stdout?.on("data", (text) => {
        printed += text;
        const [origin] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [];
        if (origin !== undefined) resolve(new URL(origin));
      });
    });
  });
  afterAll(async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exit = once(server, "exit");
    server.kill();
    expect(await exit).toEqual([0, null]);
  });

  for (const [stage, sent, waits] of stages) {
    it.each(Object.entries(ends))(`survives %s ${stage}`, async (_name, end) => {
      const socket = connect(Number(address.port), address.hostname);
      // The answer, and the way in which the connection ends, do not matter here.
      socket.on("error", () => {});
      await once(socket, "connect");
      const closed = new Promise((resolve) => socket.once("close", resolve));
      const answered = new Promise((resolve) => {
        socket.once("data", resolve);
        socket.once("close", resolve);
      });
      await new Promise((resolve) => socket.write(sent || " ", resolve));
      if (waits) await answered;
      end(socket);
      socket.resume();
      await Promise.race([closed, answered]);
      socket.destroy();

      const response = await fetch(new URL("/next", address));
      expect(response.status).toBe(401);
      await response.text();
      expect([server.exitCode, server.signalCode, complaints]).toEqual([null, null, ""]);
    });
  }
});

describe("serveChecks", () => {
  it.each([
    [
      "throws",
      () => {
        throw new Error("no ink\u001b");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no ink\u001b"))],
  ])("answers, and calls onError, if onChecked %s", async (_what, onChecked) => {
    const errors: unknown[] = [];
    const server = await serveChecks({
      credentials,
      onChecked,
      onError: (error) => {
        errors.push(error);
        throw new Error("and no paper");
      },
    });
    const warned = once(process, "warning");
    try {
      expect((await fetch(`${server.origin}/a`)).status).toBe(401);
      expect((await fetch(`${server.origin}/b`)).status).toBe(401);
      expect(errors).toEqual([new Error("no ink\u001b"), new Error("no ink\u001b")]);
      expect((await warned)[0]).toMatchObject({ message: expect.stringMatching(/no paper/) });
    } finally {
      await server.close();
    }
  });

  it("reports a body that is too large", async () => {
    const server = await serveChecks({ credentials });
    try {
      const socket = connect(Number(new URL(server.origin).port), "127.0.0.1");
      socket.on("error", () => {});
      socket.write(`${HEAD}n\r\nContent-Length: 1048577\r\n\r\n${"a".repeat(1_048_577)}`);
      const [first] = await once(socket, "data");
      expect(String(first)).toMatch(/^HTTP\/1\.1 413 /);
      socket.destroy();
    } finally {
      await server.close();
    }
  });

  it("reports that the port is in use, with the remedy", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    try {
      const error = await serveChecks({ credentials, port }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(UsageError);
      const line = `cannot listen on 127.0.0.1, port ${port}: the port is in use; stop the process that listens there, or choose another port (0 for any)`;
      expect(error).toMatchObject({ code: "ERR_LISTEN", message: line });

      const command = spawn(process.execPath, [bin, "serve", "--port", String(port)]);
      let printed = "";
      for (const stream of [command.stdout, command.stderr]) {
        stream.on("data", (text) => {
          printed += text;
        });
      }
      expect(await once(command, "close")).toEqual([2, null]);
      expect(printed).toMatch(/\n {2}https:\/\/\S+\/errors#err-listen\n$/);
      expect(printed.split("\n")[0]).toBe(`oauth1-conformance: ${line}`);
    } finally {
      other.close();
    }
  });

  it.each(["192.0.2.1", "no-such-host.invalid"])(
    "reports that it cannot listen on %s",
    async (host) => {
      await expect(serveChecks({ credentials, host })).rejects.toMatchObject({
        name: "UsageError",
        code: "ERR_LISTEN",
        message: expect.stringMatching(/^cannot listen on [^\n]+, port 0: [^\n]+; [^\n]+$/),
      });
    },
  );
});
