// Replays over HTTP, to several processes that share a store, and after a process or the store's
// server was killed.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { createSigner } from "@oauth1/signer";
import { isMissing, startPostgres, startRedis, type TestServer } from "@oauth1/test-servers";
import { createNonceTable } from "@oauth1/verifier/nonces/postgres";
import { afterEach, describe, expect, it } from "vitest";
import { connectPg } from "./stores.js";

const isDeep = process.env["OAUTH1_DEEP"] === "1";
const PROCESSES = isDeep ? 8 : 4;
const REQUESTS = isDeep ? 10_000 : 1000;
const PATIENCE = 60_000; // milliseconds

const shared = [
  {
    name: "redis",
    start: (settings: Record<string, string>) => startRedis({ settings }),
    fast: { appendonly: "no" },
  },
  {
    name: "postgres",
    async start(settings: Record<string, string>) {
      const server = await startPostgres({ settings });
      const pool = connectPg(server.url);
      await pool.query(createNonceTable());
      await pool.end();
      return server;
    },
    fast: { fsync: "off" },
  },
] as const;

/** Everything that a test has started. */
const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const processes: ChildProcess[] = [];
const servers: TestServer[] = [];
afterEach(async () => {
  agent.destroy();
  for (const one of processes.splice(0)) one.kill("SIGKILL");
  for (const one of servers.splice(0)) await one.stop();
});

for (const { name, start, fast } of shared) {
  describe.skipIf(isMissing(name))(name, () => {
    it(`accepts one of each of ${REQUESTS} requests that are sent twice at once, to ${PROCESSES} processes`, async () => {
      const server = await start(fast);
      servers.push(server);
      const ports = await startProcesses(PROCESSES, name, server.url, PATIENCE);
      const accepted = new Map<string, number>();
      const problems = new Map<string, number>();
      // Each request goes to two neighbouring processes, in order, so that both receive it at about
      // the same time.
      const sendBoth = async (index: number) => {
        const authorization = sign();
        const answers = await Promise.all(
          [0, 1].map((next) => send(ports[(index + next) % PROCESSES], authorization)),
        );
        for (const { status, problem } of answers) {
          if (status === 200) count(accepted, authorization);
          else count(problems, `${status} ${problem}`);
        }
      };
      let next = 0;
      const worker = async () => {
        while (next < REQUESTS) await sendBoth(next++);
      };
      await Promise.all(Array.from({ length: 100 }, worker));
      expect(accepted.size).toBe(REQUESTS);
      expect(new Set(accepted.values())).toEqual(new Set([1]));
      expect([...problems]).toEqual([["401 nonce_used", REQUESTS]]);
    });

    it("accepts no replay after a process was killed under load, and the others continue", async () => {
      const server = await start(fast);
      servers.push(server);
      const ports = await startProcesses(2, name, server.url, PATIENCE);
      const load = underLoad(ports);
      await expect.poll(() => load.accepted.length, { timeout: PATIENCE }).toBeGreaterThan(300);
      processes[0]?.kill("SIGKILL");
      const before = load.accepted.length;
      await expect
        .poll(() => load.accepted.length, { timeout: PATIENCE })
        .toBeGreaterThan(before + 300);
      await load.end();
      expect(await replay(ports[1], load.accepted)).toEqual(new Set(["401 nonce_used"]));
    });

    it("responds 503 while the server is down, accepts no replay afterwards, and resumes by itself", async () => {
      const server = await start({});
      servers.push(server);
      const ports = await startProcesses(2, name, server.url, 500);
      const load = underLoad(ports);
      await expect.poll(() => load.accepted.length, { timeout: PATIENCE }).toBeGreaterThan(300);
      await server.kill();
      const before = load.accepted.length;
      await expect.poll(() => load.rejected.length, { timeout: PATIENCE }).toBeGreaterThan(50);
      expect(new Set(load.rejected)).toEqual(new Set(["503 5"]));
      expect(load.accepted.length - before).toBeLessThanOrEqual(load.workers);
      await server.restart();
      const down = load.accepted.length;
      await expect
        .poll(() => load.accepted.length, { timeout: PATIENCE })
        .toBeGreaterThan(down + 300);
      await load.end();
      expect(await replay(ports[0], load.accepted)).toEqual(new Set(["401 nonce_used"]));
    });
  });
}

describe("memory", () => {
  it("accepts no replay after the process was killed, and new requests at once", async () => {
    const [before] = await startProcesses(1, "memory");
    const sent = Array.from({ length: 100 }, sign);
    for (const one of sent) expect((await send(before, one)).status).toBe(200);
    expect(await replay(before, sent)).toEqual(new Set(["401 nonce_used"]));
    const second = Math.floor(Date.now() / 1000);
    processes[0]?.kill("SIGKILL");
    while (Math.floor(Date.now() / 1000) === second) await wait(20);
    const [after] = await startProcesses(1, "memory");
    expect(await replay(after, sent)).toEqual(new Set(["401 timestamp_refused"]));
    expect((await send(after, sign())).status).toBe(200);
  });
});

/** The ports of the processes. */
async function startProcesses(
  count: number,
  kind: string,
  url = "",
  timeout = 0,
): Promise<number[]> {
  return await Promise.all(
    Array.from({ length: count }, async () => {
      const one = fork(join(import.meta.dirname, "verifying-process.mjs"), [
        kind,
        url,
        `${timeout}`,
      ]);
      processes.push(one);
      const [port] = await once(one, "message");
      return port;
    }),
  );
}

/** Sends new requests, many at a time, until it is stopped. */
function underLoad(ports: readonly number[]) {
  const workers = 16;
  const accepted: string[] = [];
  const rejected: string[] = [];
  let isLoaded = true;
  const work = Array.from({ length: workers }, async (_, worker) => {
    while (isLoaded) {
      const authorization = sign();
      const answer = await send(ports[worker % ports.length], authorization).catch(() => undefined);
      if (answer?.status === 200) accepted.push(authorization);
      else if (answer) rejected.push(`${answer.status} ${answer.headers["retry-after"]}`);
      if (answer?.status !== 200) await wait(10);
    }
  });
  const end = async () => {
    isLoaded = false;
    await Promise.all(work);
  };
  return { workers, accepted, rejected, end };
}

/** The results of requests that are sent again. */
async function replay(port: number | undefined, sent: readonly string[]): Promise<Set<string>> {
  const outcomes = new Set<string>();
  for (let at = 0; at < sent.length; at += 50) {
    const answers = await Promise.all(sent.slice(at, at + 50).map((one) => insist(port, one)));
    for (const { status, problem } of answers) outcomes.add(`${status} ${problem}`);
  }
  return outcomes;
}

/** Sends a request until the response is not 503, because a store can be slow on a busy machine. */
async function insist(port: number | undefined, authorization: string) {
  for (;;) {
    const answer = await send(port, authorization);
    if (answer.status !== 503) return answer;
    await wait(100);
  }
}

const signer = createSigner({ client: { identifier: "client", sharedSecret: "secret" } });

/** Returns the Authorization header of one request, for any port, because Host has none. */
function sign(): string {
  return (
    signer.sign({ method: "GET", url: "http://api.example.com/" }).headers["Authorization"] ?? ""
  );
}

async function send(
  port: number | undefined,
  authorization: string,
): Promise<{ status: number | undefined; problem: string | null; headers: IncomingHttpHeaders }> {
  const sent = request({
    agent,
    host: "127.0.0.1",
    port,
    headers: { Host: "api.example.com", Authorization: authorization },
  });
  sent.end();
  const [answer] = await once(sent, "response");
  const problem = new URLSearchParams(await text(answer)).get("oauth_problem");
  return { status: answer.statusCode, problem, headers: answer.headers };
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
