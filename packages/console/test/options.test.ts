import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startConsole } from "@oauth1/console";
import { afterAll, describe, expect, it } from "vitest";
import { freshDataFolder } from "./data-folder.js";

const COMMAND = fileURLToPath(new URL("../bin/oauth1-console.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "oauth1-options-"));
const dataFolder = join(folder, "data");
const existing = await freshDataFolder();
afterAll(() => {
  for (const each of [folder, existing]) rmSync(each, { recursive: true, force: true });
});

describe("startConsole", () => {
  it.each([
    [undefined, "startConsole: options must be an object"],
    ["oauth1-data", "startConsole: options must be an object"],
    [Promise.resolve({ dataFolder }), "startConsole: options must not be a Promise: await it"],
    [{}, "dataFolder must be a non-empty string"],
    [{ dataFolder: 1 }, "dataFolder must be a non-empty string"],
    [
      { dataFolder, hostname: "::1" },
      "hostname is not an option: use one of host, port, dataFolder",
    ],
    [{ dataFolder, host: "" }, "host must be an address to listen on"],
    [{ dataFolder, host: 1 }, "host must be an address to listen on"],
    [{ dataFolder, port: "5849" }, "port must be a port: a whole number from 0 to 65535"],
    [{ dataFolder, port: 65_536 }, "port must be a port"],
    [{ dataFolder, port: 1.5 }, "port must be a port"],
    [
      { dataFolder, databaseUrl: "localhost" },
      "databaseUrl must be a URL that starts with postgres://",
    ],
    [{ dataFolder, redisUrl: "localhost" }, "redisUrl must be a URL that starts with redis://"],
    [{ dataFolder, log: console.log }, "log must be a pino logger"],
    [{ dataFolder, metrics: 9464 }, "metrics must be an object with port, and optionally host"],
    [{ dataFolder, metrics: { port: "9464" } }, "metrics.port must be a port"],
    [{ dataFolder, metrics: { port: 9464, host: "" } }, "metrics.host must be an address"],
    [{ dataFolder, publicOrigin: "keys.example.com" }, "publicOrigin"],
    [{ dataFolder, publicOrigin: 1 }, "publicOrigin must be a string"],
    [
      { dataFolder, publicPath: "/keys/" },
      "publicPath must be a path such as /keys, without a slash at the end",
    ],
    [{ dataFolder, allowInsecureTransport: "no" }, "allowInsecureTransport must be true or false"],
    [{ dataFolder, recordCalls: "no" }, "recordCalls must be true or false"],
    [
      { dataFolder, trustedProxies: ["10.0.0.1"] },
      "trustedProxies must be an object with addresses and fields",
    ],
    [{ dataFolder, trustedProxies: { addresses: ["x"], fields: ["forwarded"] } }, "x"],
    [{ dataFolder, encryptionKeys: 1 }, "encryptionKeys must be a string"],
    [{ dataFolder, encryptionKeys: "x" }, "the encryption key: key 1 must be 256 bits in base64"],
  ])("rejects %j before it creates anything", async (options, message) => {
    await expect(startConsole(options as never)).rejects.toThrow(message);
    expect(existsSync(dataFolder)).toBe(false);
  });

  it("releases the data folder if it cannot listen", async () => {
    const options = { port: 0, dataFolder: existing };
    const metrics = { port: 0, host: "192.0.2.1" };
    await expect(startConsole({ ...options, metrics })).rejects.toThrow(
      "cannot listen on 192.0.2.1, port 0",
    );
    await (await startConsole(options)).close();
  });
});

describe("the command", () => {
  const run = async (...words: string[]) => {
    const environment = { ...process.env, OAUTH1_DATA: existing };
    try {
      await promisify(execFile)(process.execPath, [COMMAND, ...words], { env: environment });
      return { code: 0, told: "" };
    } catch (error) {
      const { code, stderr } = error as { code: number; stderr: string };
      return { code, told: stderr };
    }
  };

  it.each([
    [["--port", "x"], 2, "It must be a port"],
    [["--trusted-proxy", "10.0.0.1"], 2, "unknown option '--trusted-proxy'"],
    [["--trusted-proxies", ","], 2, "It must contain at least one value."],
    [["--trusted-proxies", "proxy", "--port", "0"], 2, "proxy"],
    [
      ["--trusted-proxies", "::1", "--proxy-fields", "x-real-ip", "--port", "0"],
      2,
      "fields must be",
    ],
    [["--metrics-port", "x"], 2, "It must be a port"],
    [["--public-path", "keys", "--port", "0"], 2, "publicPath must be a path such as /keys"],
    [["--data", ""], 2, "dataFolder must be a non-empty string"],
    [["--database-url", "x"], 2, "databaseUrl must be a URL that starts with postgres://"],
  ])("exits for %j with code %i and one message", async (words, code, message) => {
    const ended = await run(...words);
    expect(ended.code).toBe(code);
    expect(ended.told).toContain(message);
    // One sentence without a stack trace.
    expect(ended.told).not.toContain("    at ");
  });

  it("has the options of `oauth1 users` and `oauth1 keys`, with the same defaults", async () => {
    const OPTIONS = /^ +--(?:data|database-url) [\s\S]*?(?=^ +-)/gm;
    const help = async (file: string, ...words: string[]) => {
      const { stdout } = await promisify(execFile)(process.execPath, [file, ...words, "--help"]);
      return (stdout.match(OPTIONS) ?? []).map((text) => text.replaceAll(/\s+/g, " ").trim());
    };
    const described = await help(COMMAND);
    expect(described).toEqual([
      "--data <folder> folder of the embedded database and the encryption keys (default: ~/.oauth1, env: OAUTH1_DATA)",
      "--database-url <url> PostgreSQL server to use instead of the embedded database (env: DATABASE_URL)",
    ]);
    const administration = fileURLToPath(
      new URL("../../api-keys/bin/oauth1-api-keys.js", import.meta.url),
    );
    expect(await help(administration, "users")).toEqual(described);
    expect(await help(administration, "keys")).toEqual(described);
  });

  it("shares the default folder with `oauth1-api-keys`, and prints its path", async () => {
    const home = join(folder, "home");
    const { OAUTH1_DATA: _, DATABASE_URL: __, ...others } = process.env;
    const environment = { ...others, HOME: home };
    const administration = fileURLToPath(
      new URL("../../api-keys/bin/oauth1-api-keys.js", import.meta.url),
    );
    mkdirSync(home);
    await promisify(execFile)(process.execPath, [administration, "users", "add", "jane"], {
      env: environment,
    });
    const child = spawn(process.execPath, [COMMAND, "--port", "0"], { env: environment });
    let out = "";
    for await (const text of child.stdout.setEncoding("utf8")) {
      out += text;
      if (out.includes("Ctrl+C")) child.kill("SIGINT");
    }
    expect(out).toContain(`  Data folder  ${join(home, ".oauth1")}\n`);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [administration, "users", "list"],
      { env: environment },
    );
    expect(stdout).toMatch(/^admin\t.*\njane\tViewer\t/);
  });

  it.each([
    [["--port", "\u001b[2J"]],
    [["--\u009b31m"]],
    [["--trusted-proxies", "\u001b]0;owned\u0007\u202eevil", "--port", "0"]],
    [["--redis-url", "\u001b[2J", "--port", "0"]],
  ])("does not print control characters for %j", async (words) => {
    const { told } = await run(...words);
    expect(told).not.toBe("");
    expect(told).not.toMatch(/(?![\n\t])[\p{Cc}\p{Bidi_Control}\p{Surrogate}]/u);
  });
});
