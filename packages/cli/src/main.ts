import { readFileSync } from "node:fs";
import { AuthorizationHeaderError } from "@oauth1/auth-header";
import { BaseStringError } from "@oauth1/base-string";
import { ClientError } from "@oauth1/client";
import { consoleCommand } from "@oauth1/console/command";
import { PercentEncodingError } from "@oauth1/percent-encoding";
import { printableLine } from "@oauth1/printable";
import { KeyError } from "@oauth1/signature-methods";
import { SignerError } from "@oauth1/signer";
import { VerifierError } from "@oauth1/verifier";
import { Command, CommanderError } from "commander";
import { conformanceCommand } from "./conformance-command.js";
import { explainCommand } from "./explain-command.js";
import { signCommand } from "./sign-command.js";
import { signerCommand } from "./signer-command.js";
import { verifyCommand } from "./verify-command.js";

/** Runs the command line. The exit code: 0 done, 1 failed, 2 wrong usage or bad input. */
export async function main(argv: readonly string[]): Promise<void> {
  // Whoever reads the output may close it early, as head does.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  try {
    await program().parseAsync(argv);
  } catch (error) {
    process.exitCode = exitCode(error);
  }
}

function program(): Command {
  const commands = [
    signCommand(),
    explainCommand(),
    verifyCommand(),
    signerCommand(),
    conformanceCommand(),
    consoleCommand(),
  ];
  const root = new Command("oauth1")
    .description("OAuth 1.0 (RFC 5849): sign and verify requests, explain signatures, test signers")
    .version(packageVersion())
    .enablePositionalOptions()
    .addHelpText(
      "after",
      `
Examples:
  $ oauth1 explain --rfc-example
  $ oauth1 sign --credentials key.json "https://photos.example.net/photos?size=original"
  $ oauth1 conformance run -- python3 my_signer.py
  $ oauth1 console

Exit codes: 0 done, 1 not verified, or the conformance run or something unexpected failed, 2 wrong usage or bad input`,
    );
  for (const command of commands) root.addCommand(command);
  for (const command of [root, ...commands, ...commands.flatMap(({ commands }) => commands)]) {
    command
      .exitOverride()
      .showSuggestionAfterError()
      .configureOutput({ outputError: (text, write) => write(errorLine(text)) });
  }
  return root;
}

/** Commander's message as one line. An unknown `--option=value` is named without its value. */
function errorLine(text: string): string {
  const message = text
    .replace(/^error: /, "")
    .replace(/^(unknown option '[^=']*)=.*'/s, "$1'")
    .trim()
    .replaceAll("\n", " ");
  return `oauth1: ${printableLine(message)}\n`;
}

function exitCode(error: unknown): number {
  // Commander has printed its message already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const { name, message } = error as Error;
  // The suite's own command has a UsageError too, and loads only when it runs.
  const isBadInput =
    name === "UsageError" || inputErrors.some((inputError) => error instanceof inputError);
  const line = `${isBadInput ? "" : `unexpected ${name}: `}${message}`;
  process.stderr.write(`oauth1: ${printableLine(line)}\n`);
  return isBadInput ? 2 : 1;
}

/** The typed errors of the packages below: their messages say what to do and contain no secret. */
const inputErrors = [
  AuthorizationHeaderError,
  BaseStringError,
  ClientError,
  KeyError,
  PercentEncodingError,
  SignerError,
  VerifierError,
];

function packageVersion(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return JSON.parse(manifest).version;
}
