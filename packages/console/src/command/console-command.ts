import { Command, InvalidArgumentError, Option } from "commander";
import type { ConsoleOptions } from "../start-console.js";

interface Options {
  readonly host: string;
  readonly port: number;
  readonly data: string;
  readonly databaseUrl?: string;
  readonly redisUrl?: string;
  readonly publicOrigin?: string;
}

/** `console`: the web pages and the HTTP API, until it is ended. */
export function consoleCommand(): Command {
  return new Command("console")
    .description("serve the API keys of an account, the playground and the inspector")
    .addOption(
      new Option("--host <address>", "address to listen at").env("HOST").default("127.0.0.1"),
    )
    .addOption(
      new Option("--port <number>", "port to listen at; 0 for any")
        .env("PORT")
        .default(5849)
        .argParser(parsePort),
    )
    .addOption(
      new Option("--data <folder>", "folder of the embedded database and the encryption key")
        .env("OAUTH1_DATA")
        .default("oauth1-data"),
    )
    .addOption(
      new Option(
        "--database-url <url>",
        "a PostgreSQL server in place of the embedded database",
      ).env("DATABASE_URL"),
    )
    .addOption(
      new Option("--redis-url <url>", "a Redis server that remembers nonces").env("REDIS_URL"),
    )
    .addOption(
      new Option("--public-origin <origin>", "scheme and host as seen from outside").env(
        "OAUTH1_PUBLIC_ORIGIN",
      ),
    )
    .addHelpText(
      "after",
      `
OAUTH1_ENCRYPTION_KEYS holds the encryption keys, in place of the file in the data folder.
LOG_LEVEL is the level of the log on standard error: info, warn, error or silent.`,
    )
    .action(run);
}

async function run(options: Options): Promise<void> {
  const { startConsole } = await import("../start-console.js");
  const consoleOptions: ConsoleOptions = {
    host: options.host,
    port: options.port,
    dataFolder: options.data,
    databaseUrl: options.databaseUrl,
    redisUrl: options.redisUrl,
    publicOrigin: options.publicOrigin,
    encryptionKeys: process.env["OAUTH1_ENCRYPTION_KEYS"],
  };
  const running = await startConsole(consoleOptions);
  process.stdout.write(
    [
      "",
      `  Console      ${running.origin}`,
      ...(running.oneTimeLink === undefined
        ? []
        : [`  First sign-in, once, within 24 hours:\n               ${running.oneTimeLink}`]),
      ...(running.curl === undefined
        ? []
        : ["", "  A signed request, good for one call within five minutes:", "", running.curl]),
      "",
      "  Ctrl+C ends it.",
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

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("Not a port.");
  return port;
}
