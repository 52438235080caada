import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import {
  AuthorizationDeniedError,
  AuthorizationError,
  ProviderError,
} from "@oauth1/client/authorization";
import { printableJson } from "@oauth1/printable";
import { StorageError } from "@oauth1/provider/sql";
import { Command, InvalidArgumentError } from "commander";
import { colours } from "./colours.js";
import { type Answers, type DanceEvent, dance } from "./dance.js";
import { startDemonstration } from "./demonstration-provider.js";
import { danceFormatter } from "./format-dance.js";
import type { LoadedCommand } from "./loaded-command.js";
import { UsageError } from "./usage-error.js";

interface Options {
  readonly port: number;
  readonly data?: string;
  readonly callback?: string;
  readonly json?: boolean;
}

/** `oauth1 provider`: starts a provider and a client, and shows each step between them. */
export function provider(): LoadedCommand {
  const command = new Command("provider")
    .description("start a demonstration provider, and show how a client gets a token from it")
    .option("--port <number>", "port to listen on; 0 for any free port", parsePort, 5851)
    .option(
      "--data <folder>",
      "folder of the embedded database (default: a temporary one, which is removed)",
    )
    .option(
      "--callback <uri>",
      "oob, or a callback of your own, whose address you enter (default: one of the provider)",
      parseCallback,
    )
    .option("--json", "print one JSON object per line")
    .addHelpText(
      "after",
      `
The provider listens on 127.0.0.1 over http, with the client and the resource owner of RFC 5849 §1.2. Open the
address that the command prints, sign in, and choose Allow. The command then shows the token, a call with it, and
the same call after the token was revoked. All credentials are for this demonstration only.

Examples:
  $ oauth1 provider
  $ oauth1 provider --callback oob
  $ oauth1 provider --callback https://printer.example.com/ready --json

Exit code 1: access was denied, the provider rejected a request, or the command was stopped.`,
    )
    .action(demonstrate);
  return {
    command,
    isExpected: (error) => error instanceof AuthorizationError || error instanceof StorageError,
  };
}

async function demonstrate({ port, data, callback, json }: Options): Promise<void> {
  const stopped = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  const dataFolder =
    data === undefined ? await mkdtemp(join(tmpdir(), "oauth1-provider-")) : resolve(data);
  try {
    const running = await startDemonstration(dataFolder, port, callback);
    try {
      const format = danceFormatter(colours());
      const tell = (event: DanceEvent) =>
        process.stdout.write(`${json ? printableJson(event) : format(event)}\n`);
      const dancing = dance(running, callback ?? running.callback, tell, answersOf(!json));
      const isDone = await Promise.race([dancing.then(() => true), stopped.then(() => false)]);
      if (!isDone) process.exitCode = 1;
    } finally {
      await running.close();
    }
  } catch (error) {
    if (!(error instanceof AuthorizationDeniedError || error instanceof ProviderError)) throw error;
    process.stderr.write(`oauth1: ${error.message}\n`);
    process.exitCode = 1;
  } finally {
    if (data === undefined) await rm(dataFolder, { recursive: true });
    process.stdin.destroy();
  }
}

/** Reads answers from standard input, a line each. */
function answersOf(isPrompting: boolean): Answers {
  let lines: AsyncIterator<string> | undefined;
  const prompts = {
    code: "Enter the code that the page shows: ",
    address: "Enter the address to which the browser returned: ",
  };
  return async (asked) => {
    lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
    if (isPrompting) process.stdout.write(`   ${prompts[asked]}`);
    const { done, value } = await lines.next();
    if (isPrompting) process.stdout.write("\n");
    if (done) throw new UsageError(`standard input must contain the ${asked}`);
    return value.trim();
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("Not a port.");
  return port;
}

function parseCallback(text: string): string {
  if (text === "oob" || URL.canParse(text)) return text;
  throw new InvalidArgumentError("It must be oob or an absolute URL.");
}
