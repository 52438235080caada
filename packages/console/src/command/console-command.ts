import { resolve } from "node:path";
import { databaseUrlOption, dataOption } from "@oauth1/api-keys/command";
import { printableError, printableLine } from "@oauth1/printable";
import type { TrustedProxies } from "@oauth1/verifier";
import { Command, InvalidArgumentError, Option } from "commander";
import type { ConsoleOptions } from "../start-console.js";

interface Options {
  readonly host: string;
  readonly port: number;
  readonly data: string;
  readonly databaseUrl?: string;
  readonly redisUrl?: string;
  readonly publicOrigin?: string;
  readonly publicPath?: string;
  readonly metricsPort?: number;
  readonly metricsHost: string;
  readonly trustedProxies?: readonly string[];
  readonly proxyFields: readonly string[];
  readonly allowInsecureTransport?: true;
  readonly recentCalls: boolean;
}

/** `console`: serves the web pages and the HTTP API until it is stopped. */
export function consoleCommand(): Command {
  return new Command("console")
    .description("serve the API keys of an account, the playground and the inspector")
    .addOption(
      new Option("--host <address>", "address to listen on").env("HOST").default("127.0.0.1"),
    )
    .addOption(
      new Option("--port <number>", "port to listen on; 0 for any free port")
        .env("PORT")
        .default(5849)
        .argParser(parsePort),
    )
    .addOption(dataOption())
    .addOption(databaseUrlOption())
    .addOption(
      new Option("--redis-url <url>", "Redis server that stores used nonces").env("REDIS_URL"),
    )
    .addOption(
      new Option("--public-origin <origin>", "scheme and host that clients use").env(
        "OAUTH1_PUBLIC_ORIGIN",
      ),
    )
    .addOption(
      new Option(
        "--public-path <path>",
        "path below which clients reach the console, such as /keys",
      ).env("OAUTH1_PUBLIC_PATH"),
    )
    .addOption(
      new Option(
        "--trusted-proxies <addresses>",
        "proxies in front of the console: IP addresses and ranges, separated by commas",
      )
        .env("OAUTH1_TRUSTED_PROXIES")
        .argParser(parseList),
    )
    .addOption(
      new Option(
        "--proxy-fields <names>",
        "headers that the proxies set on every request: x-forwarded-for, x-forwarded-host, x-forwarded-proto, forwarded",
      )
        .env("OAUTH1_PROXY_FIELDS")
        .default(["x-forwarded-for"], "x-forwarded-for")
        .argParser(parseList),
    )
    .addOption(
      new Option(
        "--allow-insecure-transport",
        "accept bot logins and PLAINTEXT signatures over http, where the network can read the secrets",
      ),
    )
    .addOption(
      new Option(
        "--no-recent-calls",
        "do not record the last calls of each key, only their number and the last use",
      ),
    )
    .addOption(
      new Option("--metrics-port <number>", "port to serve metrics on, at /metrics")
        .env("OAUTH1_METRICS_PORT")
        .argParser(parsePort),
    )
    .addOption(
      new Option("--metrics-host <address>", "address to serve metrics on")
        .env("OAUTH1_METRICS_HOST")
        .default("127.0.0.1"),
    )
    .addHelpText(
      "after",
      `
OAUTH1_ENCRYPTION_KEYS contains the encryption keys, instead of the file in the data folder.
LOG_LEVEL is the level of the log on standard error: info (default), warn, error or silent.

Exit codes: 0 if stopped, 1 for an unexpected error, 2 for wrong usage or if it cannot start`,
    )
    .action(run);
}

async function run(options: Options, command: Command): Promise<void> {
  // The process runs only this command. Other users of the machine must not read the files that
  // it creates.
  process.umask(0o077);
  // Imported here, so that --help does not load the database.
  const { startConsole } = await import("../start-console.js");
  const { isExpected } = await import("./expected-error.js");
  const { trustedProxies: addresses, proxyFields } = options;
  const consoleOptions: ConsoleOptions = {
    host: options.host,
    port: options.port,
    dataFolder: options.data,
    databaseUrl: options.databaseUrl,
    redisUrl: options.redisUrl,
    publicOrigin: options.publicOrigin,
    publicPath: options.publicPath,
    metrics:
      options.metricsPort === undefined
        ? undefined
        : { host: options.metricsHost, port: options.metricsPort },
    trustedProxies: addresses && { addresses, fields: proxyFields as TrustedProxies["fields"] },
    allowInsecureTransport: options.allowInsecureTransport,
    recordCalls: options.recentCalls,
    encryptionKeys: process.env["OAUTH1_ENCRYPTION_KEYS"],
  };
  const running = await startConsole(consoleOptions).catch((error: unknown) => {
    if (!isExpected(error)) throw error;
    const name = command.parent?.name() ?? command.name();
    process.stderr.write(printableError(name, error.message, error.code));
    process.exitCode = 2;
  });
  if (running === undefined) return;
  process.stdout.write(
    [
      "",
      `  Console      ${running.url}`,
      ...(running.metricsUrl === undefined ? [] : [`  Metrics      ${running.metricsUrl}`]),
      `  Data folder  ${printableLine(resolve(options.data))}`,
      ...(running.oneTimeLink === undefined
        ? []
        : [
            `  First sign-in (this link works once, within 24 hours):\n               ${running.oneTimeLink}`,
          ]),
      ...(running.curl === undefined
        ? []
        : ["", "  A signed request (valid once, within five minutes):", "", running.curl]),
      "",
      "  Press Ctrl+C to stop.",
      "",
      "",
    ].join("\n"),
  );
  await new Promise<void>((resolve) => {
    const end = () => {
      process.off("SIGINT", end);
      process.off("SIGTERM", end);
      resolve();
    };
    process.on("SIGINT", end);
    process.on("SIGTERM", end);
  });
  await running.close();
}

function parseList(text: string): string[] {
  const items = text
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean);
  if (items.length === 0) throw new InvalidArgumentError("It must contain at least one value.");
  return items;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError("It must be a port: a whole number from 0 to 65535.");
  return port;
}
