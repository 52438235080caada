// If the console cannot start, it prints the remedy and where the error is described.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { freshDataFolder } from "./data-folder.js";

const run = promisify(execFile);
const COMMAND = fileURLToPath(new URL("../bin/oauth1-console.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "oauth1-start-errors-"));
const dataFolder = await freshDataFolder();
const taken = createServer();
await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
const takenPort = (taken.address() as AddressInfo).port;
afterAll(() => {
  taken.close();
  for (const each of [folder, dataFolder]) rmSync(each, { recursive: true });
});
writeFileSync(join(folder, "file"), "");

/** A reserved port on which nothing listens. */
const NOBODY = 1;

interface Start {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const starts: readonly [name: string, start: Start, line: RegExp][] = [
  [
    "an unknown LOG_LEVEL",
    { env: { LOG_LEVEL: "loud" } },
    /^LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent; it is "loud"$/,
  ],
  [
    "a LOG_LEVEL with control characters",
    { env: { LOG_LEVEL: "\u001b[2J" } },
    /^LOG_LEVEL must be .*; it is "\\u\{1b\}\[2J"$/,
  ],
  [
    "a port in use",
    { args: ["--port", `${takenPort}`] },
    /^cannot listen on 127\.0\.0\.1, port \d+: the port is in use; stop the process that listens there, or choose another port \(0 for any\)$/,
  ],
  [
    "an address of another machine",
    { args: ["--port", "0", "--host", "192.0.2.1"] },
    /^cannot listen on 192\.0\.2\.1, port 0: this machine does not have the address; listen on one/,
  ],
  [
    "a Redis server that is down",
    { args: ["--redis-url", `redis://127.0.0.1:${NOBODY}`] },
    /^cannot reach the Redis server: .*ECONNREFUSED.*; start it, or correct the Redis URL$/,
  ],
  [
    "a Redis server that is down, at a host with several addresses",
    { args: ["--redis-url", `redis://localhost:${NOBODY}`] },
    /^cannot reach the Redis server: .*ECONNREFUSED.*; start it, or correct the Redis URL$/,
  ],
  [
    "a malformed Redis URL",
    { args: ["--redis-url", "redis://a b"] },
    /^cannot reach the Redis server: .+; start it, or correct the Redis URL$/,
  ],
  [
    "a PostgreSQL server that is down",
    { args: ["--database-url", `postgres://me:hunter2@127.0.0.1:${NOBODY}/x`] },
    /^cannot open the PostgreSQL server: .*ECONNREFUSED.*; start it, or correct the database URL$/,
  ],
  [
    "a PostgreSQL server that is down, at a host with several addresses",
    { args: ["--database-url", `postgres://me:hunter2@localhost:${NOBODY}/x`] },
    /^cannot open the PostgreSQL server: .*ECONNREFUSED.*; start it, or correct the database URL$/,
  ],
  [
    "a data folder that cannot be created",
    { env: { OAUTH1_DATA: join(folder, "file", "data") } },
    /^cannot use the data folder \/.*\/file\/data: .*ENOTDIR; choose a folder that this process can write to$/,
  ],
];

describe("the console does not start", () => {
  it.each(starts)(
    "with %s, and exits with code 2 and a message with the remedy",
    async (_, start, line) => {
      const env = { ...process.env, OAUTH1_DATA: dataFolder, PORT: "0", ...start.env };
      const { code, stdout, stderr } = await run(
        process.execPath,
        [COMMAND, ...(start.args ?? [])],
        {
          env,
        },
      ).catch((error) => error);
      const [told, address, rest] = stderr.split("\n");
      expect(told).toMatch(/^oauth1-console: /);
      expect(told.slice("oauth1-console: ".length)).toMatch(line);
      expect(address).toMatch(/^ {2}https:\/\/\S+\/errors#err-[a-z-]+$/);
      expect({ code, stdout, rest }).toEqual({ code: 2, stdout: "", rest: "" });
      expect(stderr).not.toContain("hunter2");
    },
  );
});
