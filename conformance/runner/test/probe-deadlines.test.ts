// `probe` with servers that hang, drip, never end, or are down. All limits are short, and every
// bound on the duration of a test is far above them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { type ProbeTarget, runProbes, UsageError } from "@oauth1/conformance";
import { afterEach, describe, expect, it } from "vitest";

const bin = fileURLToPath(new URL("../bin/oauth1-conformance.js", import.meta.url));
const client = { identifier: "client", sharedSecret: "client secret" };
const token = { identifier: "token", sharedSecret: "token secret" };
const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  for (const socket of sockets) socket.destroy();
});

/** A server that runs the given function on each connection after a request has arrived. */
async function listen(act: (socket: Socket, count: number) => void): Promise<string> {
  let count = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    socket.once("data", () => act(socket, ++count));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/photos`;
}

/** Writes a piece again and again, until the connection ends. */
function drip(socket: Socket, piece: string, interval: number): void {
  const timer = setInterval(() => socket.write(piece), interval);
  socket.once("close", () => clearInterval(timer));
}

/** Writes as fast as the client reads. */
function flood(socket: Socket, piece: string): void {
  const write = () => {
    while (!socket.destroyed && socket.write(piece)) {}
  };
  socket.on("drain", write);
  write();
}

const HEAD = "HTTP/1.1 200 OK\r\n";
const limits = { connectTimeout: 20_000, timeout: 700, maximumBody: 10_000 };
const probe = (url: string, more: Partial<ProbeTarget> = {}) =>
  runProbes({ url, client, token, ...limits, ...more });

describe("probing a server that never answers completely", () => {
  const bad: readonly (readonly [what: string, act: (socket: Socket) => void, message: RegExp])[] =
    [
      ["says nothing", () => {}, /: no answer in 700 ms; /],
      [
        "drips the status line",
        (socket) => {
          socket.write("HTTP/1.1 200 O");
          drip(socket, "K", 100);
        },
        /: no answer in 700 ms; /,
      ],
      [
        "drips header fields",
        (socket) => {
          socket.write(HEAD);
          drip(socket, "a: b\r\n", 100);
        },
        /: no answer in 700 ms; /,
      ],
      [
        "drips informational answers",
        (socket) => drip(socket, "HTTP/1.1 103 Early Hints\r\n\r\n", 100),
        /: no answer in 700 ms; /,
      ],
      [
        "drips the body",
        (socket) => {
          socket.write(`${HEAD}Content-Length: 1000\r\n\r\n`);
          drip(socket, "a", 100);
        },
        /: status 200, but the answer did not end in 700 ms; /,
      ],
      [
        "drips chunks",
        (socket) => {
          socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
          drip(socket, "1\r\na\r\n", 100);
        },
        /: status 200, but the answer did not end in 700 ms; /,
      ],
      [
        "sends endless header fields",
        (socket) => {
          socket.write(HEAD);
          flood(socket, `a: ${"b".repeat(1000)}\r\n`);
        },
        /: the header section of the answer is too large \(HPE_HEADER_OVERFLOW\); /,
      ],
      [
        "sends endless informational answers",
        (socket) => flood(socket, "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(50)),
        /: no answer in 700 ms; /,
      ],
      [
        "sends an endless body",
        (socket) => {
          socket.write(`${HEAD}\r\n`);
          flood(socket, "a".repeat(1000));
        },
        /: status 200, but a body of more than 10000 bytes; /,
      ],
      [
        "speaks another protocol",
        (socket) => socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"),
        /: status 101, another protocol; /,
      ],
      [
        "hangs up",
        (socket) => socket.destroy(),
        /: the connection was closed without a whole answer/,
      ],
      [
        "hangs up within the body",
        (socket) => socket.end(`${HEAD}Content-Length: 9\r\n\r\na`),
        /: the connection was closed without a whole answer/,
      ],
    ];
  it.each(bad)("ends with one error if it %s", async (_what, act, message) => {
    let connections = 0;
    const url = await listen((socket) => {
      connections++;
      act(socket);
    });
    const error = await probe(url).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({
      code: "ERR_PROBE_NO_ANSWER",
      message: expect.stringMatching(message),
    });
    expect((error as Error).message).toMatch(
      /^no answer from http:\/\/127\.0\.0\.1:\d+: [^\n]+; [^\n]+$/,
    );
    expect(connections).toBe(1);
    // No connection stays open.
    await expect.poll(() => sockets.size).toBe(0);
  });

  it("ends if the server accepts the connection and never completes the TLS handshake", async () => {
    const url = (await listen(() => {})).replace("http:", "https:");
    const error = await probe(url, { connectTimeout: 500, timeout: 100_000 }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({
      code: "ERR_PROBE_NO_ANSWER",
      message: expect.stringMatching(/: no connection in 500 ms; /),
    });
    await expect.poll(() => sockets.size).toBe(0);
  });

  const OK = `${HEAD}Content-Length: 0\r\n\r\n`;

  it("stops after three late answers in a row", async () => {
    const url = await listen((socket, count) => {
      if (count === 1) socket.end(OK);
      else socket.write(HEAD, () => drip(socket, "a: b\r\n", 100));
    });
    const { results } = await probe(url, { timeout: 300 });
    expect(results.map(({ outcome }) => outcome).slice(0, 6)).toEqual([
      "held",
      "failed",
      "not asked",
      "failed",
      "failed",
      "not asked",
    ]);
    const rest = results.slice(5);
    expect(new Set(rest.map(({ outcome }) => outcome))).toEqual(new Set(["not asked"]));
    expect(rest[0]?.remark).toBe("the server does not answer in time");
  });

  it("stops once the server accepts no more connections", async () => {
    const url = await listen((socket, count) => {
      if (count === 2) for (const server of servers) server.close();
      socket.end(OK);
    });
    const { results } = await probe(url);
    const failed = results.filter(({ remark }) => remark?.includes("ECONNREFUSED"));
    expect(failed).toHaveLength(1);
    expect(results.at(-1)).toMatchObject({
      outcome: "not asked",
      remark: "the server accepts no more connections",
    });
  });

  it("continues if the server closes some connections", async () => {
    const url = await listen((socket, count) => {
      if (count % 2 === 0) socket.destroy();
      else socket.end(OK);
    });
    const { results } = await probe(url);
    const said = results.filter(({ remark }) =>
      remark?.startsWith("no answer: the connection was"),
    );
    expect(said.length).toBeGreaterThan(5);
    expect(results.some(({ remark }) => remark === "the server does not answer in time")).toBe(
      false,
    );
  });
});

describe("the command", () => {
  const env = {
    ...process.env,
    OAUTH1_CLIENT_IDENTIFIER: "client",
    OAUTH1_CLIENT_SHARED_SECRET: "client secret",
  };
  async function command(...args: string[]) {
    const child = spawn(process.execPath, [bin, "probe", ...args], { env });
    const said = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].on("data", (text) => {
        said[name] += text;
      });
    }
    const [status] = await once(child, "close");
    return { status, ...said };
  }

  it("reports that the server is down, with the remedy", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const origin = `http://127.0.0.1:${port}`;
    expect(await command(`${origin}/photos`)).toEqual({
      status: 2,
      stdout: "",
      stderr: `Probing ${origin}/photos\noauth1-conformance: no answer from ${origin}: the connection was refused (ECONNREFUSED); start the server, or correct the host and the port\n  https://oauth1.github.io/oauth1/errors#err-probe-no-answer\n`,
    });
  });

  it("ends in bounded time for a server that drips, with limits as options", async () => {
    const url = await listen((socket) => {
      socket.write(HEAD);
      drip(socket, "a: b\r\n", 100);
    });
    const args = ["--timeout", "400", "--connect-timeout", "20000", "--maximum-body", "100"];
    const { status, stderr } = await command(url, ...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/: no answer in 400 ms; /);
  });
});
