import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { printable, printableLine } from "@oauth1/printable";
import { Command } from "commander";
import type { TestCredentials } from "../serve/check-request.js";
import { parsePort } from "./parse-number.js";
import { printedOutput } from "./printed.js";

interface Options {
  readonly host: string;
  readonly port: number;
  readonly rsa?: boolean;
}

/** `serve`: a server that checks whatever client is pointed at it. */
export function serveCommand(): Command {
  return new Command("serve")
    .configureOutput(printedOutput)
    .description("check, rule by rule, each request that any client sends here")
    .option("--host <address>", "address to listen at", "127.0.0.1")
    .option("--port <number>", "port to listen at; 0 for any", parsePort, 5850)
    .option("--rsa", "print an RSA private key too, to sign with")
    .addHelpText(
      "after",
      "\nThe credentials are for tests: they are regenerated at each start, and base strings are shown.",
    )
    .action(serve);
}

async function serve({ host, port, rsa }: Options): Promise<void> {
  const { serveChecks } = await import("../serve/serve-checks.js");
  const { formatCheck } = await import("../serve/format-check.js");
  const credentials = testCredentials(rsa === true);
  const { client, token } = credentials;
  const server = await serveChecks({
    credentials,
    host,
    port,
    onChecked: (checked) => process.stdout.write(`\n${formatCheck(checked)}`),
    onError: (error) =>
      process.stderr.write(`a check failed: ${printableLine(String(error))}; please report it\n`),
  });
  process.stdout.write(`Send signed requests to ${printable(server.origin)}; the page there shows them too.
client identifier     ${client.identifier}
client shared-secret  ${client.sharedSecret}
token identifier      ${token.identifier}
token shared-secret   ${token.sharedSecret}
${client.privateKey ?? ""}`);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await server.close();
}

function testCredentials(hasKey: boolean): TestCredentials {
  const random = () => randomBytes(12).toString("hex");
  return {
    client: {
      identifier: random(),
      sharedSecret: random(),
      ...(hasKey
        ? {
            privateKey: generateKeyPairSync("rsa", {
              modulusLength: 2048,
              privateKeyEncoding: { type: "pkcs8", format: "pem" },
              publicKeyEncoding: { type: "spki", format: "pem" },
            }).privateKey,
          }
        : {}),
    },
    token: { identifier: random(), sharedSecret: random() },
  };
}
