// Two processes of the console on one PostgreSQL and one Redis, as behind a load balancer.
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

describe.skipIf(isSkipped)("two processes", { timeout: 120_000 }, () => {
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
    // The link of the latest start is the one that works.
    session = await signInByLink(second);
  }, 120_000);
  afterAll(async () => {
    for (const { child } of [first, second]) child?.kill("SIGKILL");
    await Promise.all([postgres?.stop(), redis?.stop()]);
    rmSync(dataFolder, { recursive: true });
  });

  /** One encryption key for both: they share the data folder, in which PostgreSQL leaves only that. */
  function start(): Promise<Process> {
    return startProcess(["--port", "0", "--data", dataFolder], {
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      LOG_LEVEL: "error",
    });
  }

  it("a wrong address of Redis is told at the start", async () => {
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

  it("know the same people and keys, and disable a key for both", async () => {
    const created = await createKey(first.origin, session, "Shared");
    expect(await call(second.origin, created, session)).toBe(200);
    const disabled = await fetch(`${first.origin}/api/console/keys/${created.key.id}/disable`, {
      method: "POST",
      headers: session.headers(first.origin),
    });
    expect(disabled.status).toBe(200);
    const start = Date.now();
    while ((await call(second.origin, created, session)) === 200) {
      expect(Date.now() - start).toBeLessThan(5000);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });

  it("one is killed under load: nothing acknowledged is lost, no nonce accepted twice", async () => {
    const { key, credentials } = await createKey(second.origin, session, "Under load");
    const path = echoPath(session, key);
    // Signed for one origin, so it verifies there only: each process has its own requests.
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

    // What was accepted once is not accepted later.
    for (const request of signed[1]?.slice(0, 50) ?? []) await send(request);
    expect(acceptedTwice()).toEqual([]);

    const listed = await fetch(`${second.origin}/api/console/keys?pageSize=100`, {
      headers: session.headers(second.origin),
    });
    const { keys } = (await listed.json()) as { keys: { id: string }[] };
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(keys.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
  });

  it("answers 503 while Redis is down, and goes on by itself", async () => {
    const created = await createKey(second.origin, session, "Without Redis");
    await redis.kill();
    expect(await call(second.origin, created, session)).toBe(503);
    await redis.restart();
    const start = Date.now();
    while ((await call(second.origin, created, session)) !== 200) {
      expect(Date.now() - start).toBeLessThan(20_000);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });

  it("ends on SIGTERM, after the requests under way", async () => {
    const exited = new Promise((resolve) => second.child.on("exit", resolve));
    second.child.kill("SIGTERM");
    expect(await exited).toBe(0);
  });
});

/** A port on which nobody listens: it was free a moment ago. */
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

/** The status of a signed call. */
async function call(origin: string, { key, credentials }: Created, session: Session) {
  const url = `${origin}${echoPath(session, key)}`;
  const signed = createSigner(credentials).sign({ method: "GET", url });
  return (await fetch(signed.url, signed)).status;
}
