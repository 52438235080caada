import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { isMissing, startPostgres, startRedis } from "@oauth1/test-servers";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);

async function redisSays(url: string, command: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.end(`${command}\r\nQUIT\r\n`);
  return await text(socket);
}

async function postgresSays(url: string, statement: string): Promise<string> {
  const { stdout } = await run("psql", [url, "-XAtqc", statement]);
  return stdout.trim();
}

describe.skipIf(isMissing("redis"))("redis", () => {
  it("keeps its port and its data after a kill -9 and after a normal restart", async () => {
    const redis = await startRedis();
    try {
      expect(await redisSays(redis.url, "SET name value")).toContain("+OK");
      await redis.kill();
      await expect(redisSays(redis.url, "PING")).rejects.toThrow("ECONNREFUSED");
      await redis.restart();
      expect(await redisSays(redis.url, "GET name")).toContain("value");
      await redis.restart();
      expect(await redisSays(redis.url, "GET name")).toContain("value");
    } finally {
      await redis.stop();
    }
    await expect(redisSays(redis.url, "PING")).rejects.toThrow("ECONNREFUSED");
  });

  it("accepts settings, and reports why it did not start", async () => {
    const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith("oauth1-redis-"));
    const before = folders();
    await expect(startRedis({ settings: { appendfsync: "perhaps" } })).rejects.toThrow(
      /appendfsync "perhaps"/,
    );
    expect(folders()).toEqual(before);
  });

  it("stops when the process that started it ends, even if it was killed", async () => {
    const program = `
      import { startRedis } from "@oauth1/test-servers";
      const { url } = await startRedis();
      console.log(url);
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
      cwd: import.meta.dirname,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [url] = (await once(createInterface(child.stdout), "line")) as [string];
    const folder =
      (await redisSays(url, "CONFIG GET dir")).match(/\/\S*oauth1-redis-\w+/)?.[0] ?? "";
    expect(existsSync(folder)).toBe(true);
    child.kill("SIGKILL");
    await once(child, "exit");
    const deadline = Date.now() + 4000;
    while (existsSync(folder) && Date.now() < deadline) await wait(20);
    expect(existsSync(folder)).toBe(false);
    await expect(redisSays(url, "PING")).rejects.toThrow("ECONNREFUSED");
  });
});

describe.skipIf(isMissing("postgres"))("postgres", () => {
  it("keeps its port and its data after a kill -9 and after a normal restart", async () => {
    const postgres = await startPostgres({ settings: { work_mem: "5MB" } });
    try {
      expect(await postgresSays(postgres.url, "SHOW work_mem")).toBe("5MB");
      await postgresSays(postgres.url, "CREATE TABLE kept AS SELECT 1 AS number");
      await postgres.kill();
      await expect(postgresSays(postgres.url, "SELECT 1")).rejects.toThrow("refused");
      await postgres.restart();
      expect(await postgresSays(postgres.url, "SELECT number FROM kept")).toBe("1");
      await postgres.restart();
      expect(await postgresSays(postgres.url, "SELECT number FROM kept")).toBe("1");
    } finally {
      await postgres.stop();
    }
    await expect(postgresSays(postgres.url, "SELECT 1")).rejects.toThrow("refused");
  });
});
