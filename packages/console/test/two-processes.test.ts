// Two processes of the console share PostgreSQL and Redis, as behind a load balancer.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSigner } from "@oauth1/signer";
import { isMissing, startPostgres, startRedis, type TestServer } from "@oauth1/test-servers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Created,
  createKey,
  type Process,
  type Session,
  signInByLink,
  startProcess,
} from "./processes.js";

const COMMAND = fileURLToPath(new URL("../bin/oauth1-console.js", import.meta.url));
const isSkipped = isMissing("redis") || isMissing("postgres");

describe.skipIf(isSkipped)("two processes", () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "oauth1-two-"));
  let postgres: TestServer;
  let redis: TestServer;
  let first: Process;
  let second: Process;
  let session: Session;

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    first = await start();
    second = await start();
    // Only the link of the latest start works.
    session = await signInByLink(second);
  });
  afterAll(async () => {
    for (const { child } of [first, second]) child?.kill("SIGKILL");
    await Promise.all([postgres?.stop(), redis?.stop()]);
    rmSync(dataFolder, { recursive: true });
  });

  /** Both processes share the data folder, which contains only the encryption key. */
  function start(): Promise<Process> {
    return startProcess(["--port", "0", "--data", dataFolder, "--trusted-proxies", "127.0.0.1"], {
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      LOG_LEVEL: "error",
    });
  }

  it("report a wrong address of Redis at the start", async () => {
    const dead = `redis://:secret@127.0.0.1:${await closedPort()}`;
    const child = spawn(
      process.execPath,
      [COMMAND, "--port", "0", "--data", dataFolder, "--redis-url", dead],
      { env: { ...process.env, DATABASE_URL: postgres.url }, stdio: ["ignore", "ignore", "pipe"] },
    );
    let told = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      told += text;
    });
    expect(await new Promise((resolve) => child.on("exit", resolve))).toBe(2);
    expect(told).toContain("cannot reach the Redis server");
    expect(told).not.toContain("secret");
  });

  it("share users and keys, and disable a key for both", async () => {
    const created = await createKey(first.origin, session, "Shared");
    expect(await call(second.origin, created, session)).toBe(200);
    const disabled = await fetch(`${first.origin}/api/console/keys/${created.key.id}/disable`, {
      method: "POST",
      headers: session.headers(first.origin),
    });
    expect(disabled.status).toBe(200);
    const start = Date.now();
    let sent = start;
    while ((await call(second.origin, created, session)) === 200) {
      expect(sent - start).toBeLessThan(5000);
      await new Promise((resolve) => setTimeout(resolve, 200));
      sent = Date.now();
    }
  });

  it("count the sign-ins of an address together", async () => {
    const statuses = await alternately(22, ({ origin }) =>
      fetch(`${origin}/api/console/one-time-link`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ token: "x" }),
      }),
    );
    expect(statuses.filter((status) => status !== 429).length).toBeLessThanOrEqual(20);
    expect(statuses.slice(-2)).toEqual([429, 429]);
  });

  it("count wrong passwords together", async () => {
    // Another address, because the limit of the first is reached.
    const statuses = await alternately(10, ({ origin }) =>
      fetch(`${origin}/api/console/session`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Forwarded-For": "198.51.100.7" },
        body: JSON.stringify({ username: "admin", password: "a wrong password" }),
      }),
    );
    // Each process has got five. From the fifth of both on, the next attempt must wait.
    expect(statuses.slice(0, 5)).toEqual(Array(5).fill(401));
    expect(statuses.slice(5)).toContain(429);
  });

  /** Sends requests to both processes in turn. */
  async function alternately(count: number, send: (process: Process) => Promise<Response>) {
    const statuses = [];
    for (let index = 0; index < count; index++) {
      statuses.push((await send(index % 2 === 0 ? first : second)).status);
    }
    return statuses;
  }

  it("lose nothing acknowledged and accept no nonce twice if one is killed under load", async () => {
    const { key, credentials } = await createKey(second.origin, session, "Under load");
    const path = echoPath(session, key);
    // A signature is valid for one origin only, so each process has its own requests.
    const signed = [first, second].map(({ origin }) => {
      const signer = createSigner(credentials);
      return Array.from({ length: 150 }, () =>
        signer.sign({ method: "GET", url: `${origin}${path}` }),
      );
    });
    const answers = new Map<string, number[]>();
    const send = async (request: (typeof signed)[number][number] | undefined) => {
      if (request === undefined) return;
      const response = await fetch(request.url, request).catch(() => undefined);
      if (response === undefined) return;
      const { signature } = request;
      answers.set(signature, [...(answers.get(signature) ?? []), response.status]);
    };
    const accepted = (statuses: readonly number[]) =>
      statuses.filter((status) => status === 200).length;
    const acceptedTwice = () => [...answers.values()].filter((found) => accepted(found) > 1);
    const acknowledged: string[] = [];
    const creating = (async () => {
      for (let number = 0; number < 40; number++) {
        const made = await createKey(first.origin, session, `Key ${number}`).catch(() => undefined);
        if (made !== undefined) acknowledged.push(made.key.id);
      }
    })();
    const load = Promise.all(
      signed.flatMap((requests) =>
        requests.map(async (request, index) => {
          await new Promise((resolve) => setTimeout(resolve, index * 5));
          await Promise.all([send(request), send(request), send(request)]);
        }),
      ),
    );
    setTimeout(() => first.child.kill("SIGKILL"), 700);
    await Promise.all([load, creating]);
    expect(first.child.killed).toBe(true);
    expect(acceptedTwice()).toEqual([]);
    // The other process accepted one of each three that were sent to it. (On a machine that is too
    // busy for Redis to answer in time it says 503, and the nonce may be spent.)
    const unanswered = signed[1]?.filter(({ signature }) => {
      const found = answers.get(signature) ?? [];
      return accepted(found) !== 1 && !found.includes(503);
    });
    expect(unanswered).toEqual([]);

    // An accepted request is not accepted again later.
    for (const request of signed[1]?.slice(0, 50) ?? []) await send(request);
    expect(acceptedTwice()).toEqual([]);

    const listed = await fetch(`${second.origin}/api/console/keys?pageSize=100`, {
      headers: session.headers(second.origin),
    });
    const { keys } = (await listed.json()) as { keys: { id: string }[] };
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(keys.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
  });

  it("answer 503 while Redis is down, and then recover", async () => {
    const created = await createKey(second.origin, session, "Without Redis");
    await redis.kill();
    expect(await call(second.origin, created, session)).toBe(503);
    await redis.restart();
    await expect.poll(() => call(second.origin, created, session)).toBe(200);
  });

  it("end on SIGTERM after the running requests", async () => {
    const exited = new Promise((resolve) => second.child.on("exit", resolve));
    second.child.kill("SIGTERM");
    expect(await exited).toBe(0);
  });
});

/** Returns a port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function echoPath({ accountId }: Session, { category, permissions }: Created["key"]): string {
  return `/api/account/${accountId}/echo/${category}/${permissions[0]}`;
}

/** Returns the status of a signed request. */
async function call(origin: string, { key, credentials }: Created, session: Session) {
  const url = `${origin}${echoPath(session, key)}`;
  const signed = createSigner(credentials).sign({ method: "GET", url });
  return (await fetch(signed.url, signed)).status;
}
