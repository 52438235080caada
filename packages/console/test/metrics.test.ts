// The content of the metrics, and the health check while a store is down.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKey, type KeyWithCredentials, openInstallation, SYSTEM } from "@oauth1/api-keys";
import { firstStart } from "@oauth1/api-keys/admin";
import { type RunningConsole, startConsole } from "@oauth1/console";
import { createSigner } from "@oauth1/signer";
import { isMissing, startPostgres, startRedis, type TestServer } from "@oauth1/test-servers";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { freshDataFolder } from "./data-folder.js";

const log = pino({ level: "silent" });
const isSkipped = isMissing("redis") || isMissing("postgres");

it("the console serves no metrics by default, and never on its own port", async () => {
  const dataFolder = await freshDataFolder();
  const running = await startConsole({ port: 0, dataFolder, log });
  try {
    expect(running.metricsUrl).toBeUndefined();
    const answer = await fetch(`${running.url}/metrics`);
    expect(await answer.text()).not.toContain("oauth1_http_requests_total");
  } finally {
    await running.close();
    rmSync(dataFolder, { recursive: true });
  }
});

describe.skipIf(isSkipped)("with PostgreSQL and Redis", () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "oauth1-metrics-"));
  let postgres: TestServer;
  let redis: TestServer;
  let running: RunningConsole;
  let created: KeyWithCredentials;
  let path: string;

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    const databaseUrl = postgres.url;
    const installation = await openInstallation({ dataFolder, databaseUrl });
    const { accountId } = await firstStart(installation);
    created = await createKey(installation, accountId, SYSTEM, {
      applicationName: "Counted",
      developerName: "Jane Doe",
      category: "data",
      permissions: ["data-access"],
    });
    await installation.close();
    path = `/api/account/${accountId}/echo/data/data-access`;
    running = await startConsole({
      port: 0,
      dataFolder,
      databaseUrl,
      redisUrl: redis.url,
      publicPath: "/keys",
      metrics: { port: 0 },
      log,
    });
  });
  afterAll(async () => {
    await running?.close();
    await Promise.all([postgres?.stop(), redis?.stop()]);
    rmSync(dataFolder, { recursive: true });
  });

  async function metrics(): Promise<string> {
    const answer = await fetch(running.metricsUrl ?? "");
    expect(answer.headers.get("Content-Type")).toMatch(/^text\/plain; version=0\.0\.4/);
    return answer.text();
  }

  /** Returns the value of a metric with its labels, or 0. */
  async function count(name: string): Promise<number> {
    const line = (await metrics()).split("\n").find((each) => each.startsWith(`${name} `));
    return Number(line?.split(" ")[1] ?? 0);
  }

  const health = async () => {
    const answer = await fetch(`${running.url}/health`);
    return { status: answer.status, body: await answer.json() };
  };

  function signed() {
    return createSigner(created.credentials).sign({ method: "GET", url: running.url + path });
  }
  async function send({ url, headers }: ReturnType<typeof signed>): Promise<number> {
    const answer = await fetch(url, { headers });
    await answer.text();
    return answer.status;
  }

  it("counts requests by route and status, and verifications by problem", async () => {
    const request = signed();
    expect(await send(request)).toBe(200);
    expect(await send(request)).toBe(401);
    expect((await fetch(`${running.url}/no-such-page-${Date.now()}`)).status).toBe(200);
    const route = 'method="GET",route="/api/account/:accountId/echo/:category/:permission"';
    expect(await count(`oauth1_http_requests_total{${route},status="200"}`)).toBe(1);
    expect(await count(`oauth1_http_requests_total{${route},status="401"}`)).toBe(1);
    expect(await count(`oauth1_http_request_duration_seconds_count{${route}}`)).toBe(2);
    expect(await count('oauth1_verifications_total{problem="none"}')).toBe(1);
    expect(await count('oauth1_verifications_total{problem="nonce_used"}')).toBe(1);
    expect(await count("oauth1_verification_duration_seconds_count")).toBe(2);
    expect(await metrics()).toContain("process_cpu_seconds_total");
  });

  it("contains no identifier, secret or path of a request", async () => {
    const text = await metrics();
    const { key, credentials } = created;
    const { client, token } = credentials;
    for (const value of [
      key.id,
      client.identifier,
      client.sharedSecret,
      token.identifier,
      token.sharedSecret,
      path,
      "no-such-page",
      "127.0.0.1",
    ]) {
      expect(text).not.toContain(value);
    }
  });

  it("counts errors of the nonce store, and reports Redis as down", async () => {
    expect(await health()).toEqual({ status: 200, body: { status: "ok" } });
    await redis.kill();
    expect(await send(signed())).toBe(503);
    expect(await count("oauth1_nonce_store_errors_total")).toBe(1);
    expect(await count('oauth1_verifications_total{problem="store_unavailable"}')).toBe(1);
    expect(await health()).toEqual({ status: 503, body: { status: "down" } });
    await redis.restart();
    await vi.waitFor(async () => expect((await health()).status).toBe(200), {
      timeout: 120_000,
      interval: 200,
    });
  });

  it("reports PostgreSQL as down", async () => {
    await postgres.kill();
    // Its processes end one after the other.
    await expect.poll(async () => (await health()).status).toBe(503);
    await postgres.restart();
    await vi.waitFor(async () => expect((await health()).status).toBe(200), {
      timeout: 120_000,
      interval: 200,
    });
  });
});
