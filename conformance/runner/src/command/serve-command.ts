import { once } from "node:events";
import { printable, printableJson, printableLine } from "@oauth1/printable";
import { Command } from "commander";
import { OptionError } from "../check-options.js";
import type { CheckedRequest } from "../serve/checked-request.js";
import { UsageError } from "../usage-error.js";
import { parsePort } from "./parse-number.js";
import { printedOutput } from "./printed.js";
import {
  addCredentialOptions,
  CREDENTIALS_HELP,
  type ServeCredentials,
  serveCredentials,
} from "./serve-credentials.js";

interface Options {
  readonly host: string;
  readonly port: number;
  readonly json?: boolean;
}

/** `serve`: a server that checks the requests of any client. */
export function serveCommand(): Command {
  const command = new Command("serve")
    .configureOutput(printedOutput)
    .description("check each request that a client sends, and explain what is wrong")
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--port <number>", "port to listen on; 0 for any", parsePort, 5850);
  return addCredentialOptions(command)
    .option(
      "--json",
      "print one JSON object per line: the address when it listens, then each check",
    )
    .addHelpText(
      "after",
      `${CREDENTIALS_HELP}
The server is ready when it prints the first line.`,
    )
    .action(serve);
}

async function serve({ host, port, json }: Options, command: Command): Promise<void> {
  const { serveChecks } = await import("../serve/serve-checks.js");
  const { formatCheck } = await import("../serve/format-check.js");
  const { credentials, printed } = serveCredentials(command);
  const asText = (checked: CheckedRequest) => `\n${formatCheck(checked)}`;
  const asJson = (checked: CheckedRequest) => jsonLine({ type: "check", ...checked });
  const server = await serveChecks({
    credentials,
    host,
    port,
    onChecked: (checked) => process.stdout.write(json ? asJson(checked) : asText(checked)),
    onError: (error) =>
      process.stderr.write(`a check failed: ${printableLine(String(error))}; please report it\n`),
  }).catch((error: unknown) => {
    if (!(error instanceof OptionError)) throw error;
    throw new UsageError(error.message.replace(/^serveChecks\(\): (?:credentials\.)?/, ""));
  });
  const { origin } = server;
  process.stdout.write(
    json ? jsonLine({ type: "listening", origin, ...printed }) : greeting(origin, printed),
  );
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await server.close();
}

function greeting(origin: string, { client, token }: ServeCredentials["printed"]): string {
  const lines = [
    `Send signed requests to ${origin}; the page there shows them too.`,
    `client identifier     ${client.identifier}`,
    `client shared-secret  ${client.sharedSecret ?? "(as given)"}`,
    `token identifier      ${token.identifier}`,
    `token shared-secret   ${token.sharedSecret ?? "(as given)"}`,
  ];
  return `${lines.map(printableLine).join("\n")}\n${printable(client.privateKey ?? "")}`;
}

function jsonLine(value: unknown): string {
  return `${printableJson(value)}\n`;
}
