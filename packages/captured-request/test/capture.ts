// A server that keeps the octets that it receives, and programs that send to it.
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CapturedRequest } from "@oauth1/captured-request";

/** True if tests with a program are skipped. With CI=true a missing program fails. */
export function isMissing(program: string): boolean {
  if (spawnSync(program, ["--version"]).status === 0) return false;
  if (process.env["CI"] === "true") throw new Error(`${program} is not installed`);
  console.warn(`\n!!! SKIPPED: ${program} is not installed\n`);
  return true;
}

export interface Capture {
  readonly origin: string;
  /** Runs a program, and returns the request that arrives meanwhile, or `undefined`. */
  during(run: () => Promise<unknown>): Promise<CapturedRequest | undefined>;
  close(): Promise<void>;
}

/** Starts the server. It splits octets itself and shares no code with the readers. */
export async function startCapture(): Promise<Capture> {
  let received: Buffer | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let octets = Buffer.alloc(0);
    let isAnswered = false;
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (chunk) => {
      octets = Buffer.concat([octets, chunk]);
      const end = octets.indexOf("\r\n\r\n");
      if (end < 0 || isAnswered) return;
      const length = /\r\ncontent-length: *(\d+)/i.exec(octets.toString("latin1", 0, end))?.[1];
      if (octets.length < end + 4 + Number(length ?? 0)) return;
      isAnswered = true;
      received = octets;
      socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address() as { port: number };
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async during(run) {
      received = undefined;
      await run();
      return received && requestOf(received);
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function requestOf(octets: Buffer): CapturedRequest {
  const end = octets.indexOf("\r\n\r\n");
  const [requestLine = "", ...lines] = octets.toString("utf8", 0, end).split("\r\n");
  const [method = "", target = ""] = requestLine.split(" ");
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const host = headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? "";
  const body = octets.subarray(end + 4);
  return {
    method,
    url: target.startsWith("http") ? target : `http://${host}${target}`,
    headers,
    body: body.length === 0 ? null : new Uint8Array(body),
  };
}

/** Empty, so that a shell pattern does not match any file. */
const cwd = mkdtempSync(join(tmpdir(), "oauth1-captured-request-"));
process.on("exit", () => rmSync(cwd, { recursive: true, force: true }));

/** Runs a command line, and waits for its end whether it succeeds or fails. */
export function runShell(shell: string, command: string): Promise<void> {
  return new Promise((resolve) => {
    const env = { PATH: process.env["PATH"], HOME: "/nonexistent", LC_ALL: "C.UTF-8" };
    execFile(shell, ["-c", command], { cwd, env, timeout: 120_000 }, () => resolve());
  });
}

/**
 * A request in a form that can be compared: without the headers that the sending program adds
 * (unless the other request has them), sorted by name, and with one fixed boundary.
 */
export function comparable(request: CapturedRequest, other: CapturedRequest): object {
  const named = new Set(other.headers.map(([name]) => name.toLowerCase()));
  const headers = request.headers
    .filter(([name]) => named.has(name.toLowerCase()) || !ADDED.test(name))
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .sort(([one], [another]) => (one < another ? -1 : one > another ? 1 : 0));
  const type = headers.find(([name]) => name === "content-type")?.[1];
  const boundary = /boundary=(-{24}\w+)$/.exec(type ?? "")?.[1];
  const text = JSON.stringify({
    method: request.method,
    url: request.url,
    headers,
    body: request.body && Buffer.from(request.body).toString("latin1"),
  });
  return JSON.parse(boundary === undefined ? text : text.replaceAll(boundary, "BOUNDARY"));
}

const ADDED =
  /^(?:host|user-agent|accept|accept-encoding|accept-language|content-length|connection|te|expect|referer|sec-fetch-mode|transfer-encoding)$/i;
