import { readFileSync } from "node:fs";
import { printableError } from "@oauth1/printable";
import { Command, type CommanderError } from "commander";
import { diagnoseCommand } from "./diagnose-command.js";
import { explainCommand } from "./explain-command.js";
import type { LoadedCommand } from "./loaded-command.js";
import { loadOnDemand, onDemand } from "./on-demand.js";
import { signCommand } from "./sign-command.js";
import { signerCommand } from "./signer-command.js";
import { verifyCommand } from "./verify-command.js";

/** Runs the command line. Returns the exit code: 0 done, 1 failed, 2 wrong usage or bad input. */
export async function main(argv: readonly string[]): Promise<void> {
  // The reader of the output can close it early, as `head` does.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  const others = await Promise.all(onDemand.map((other) => loadOnDemand(other, argv)));
  try {
    await program(others).parseAsync(argv);
  } catch (error) {
    process.exitCode = await exitCode(error, others);
  }
}

/** A loaded package can have another copy of commander, with its own class. */
class Exit {
  readonly code: number;

  constructor({ exitCode }: CommanderError) {
    this.code = exitCode === 0 ? 0 : 2;
  }
}

/** The whole command, with the commands of other packages. */
export function program(others: readonly LoadedCommand[]): Command {
  const commands = [
    signCommand(),
    explainCommand(),
    verifyCommand(),
    diagnoseCommand(),
    signerCommand(),
    ...others.map(({ command }) => command),
  ];
  const root = new Command("oauth1")
    .description(
      "OAuth 1.0 (RFC 5849): sign, verify and diagnose requests, explain signatures, test signers, administer API keys",
    )
    .version(packageVersion())
    .enablePositionalOptions()
    .addHelpText(
      "after",
      `
Examples:
  $ oauth1 explain --rfc-example
  $ oauth1 sign --credentials key.json "https://photos.example.net/photos?size=original"
  $ oauth1 diagnose request.txt
  $ oauth1 conformance run -- python3 my_signer.py
  $ oauth1 console
  $ oauth1 provider
  $ oauth1 users add jane --role Viewer

Exit codes: 0 done, 1 not verified or not valid, or the conformance run failed, or access was denied, or something unexpected, 2 wrong usage or bad input`,
    );
  for (const command of commands) root.addCommand(command);
  for (const command of withSubcommands(root)) {
    command
      .exitOverride((error) => {
        throw new Exit(error);
      })
      .showSuggestionAfterError()
      .configureOutput({ outputError: (text, write) => write(errorText(text)) });
  }
  return root;
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/** Commander's message or that of an error. The value of an unknown `--option=value` is omitted. */
function errorText(text: string, code?: string): string {
  const message = text
    .replace(/^error: /, "")
    .replace(/^(unknown option '[^=']*)=.*'/s, "$1'")
    .trim()
    .replaceAll("\n", " ");
  return printableError("oauth1", message, code);
}

async function exitCode(error: unknown, others: readonly LoadedCommand[]): Promise<number> {
  // Commander has printed its message already.
  if (error instanceof Exit) return error.code;
  const { isInputError } = await import("./input-errors.js");
  const isExpected = isInputError(error) || others.some((other) => other.isExpected(error));
  const { name, message, code } = error as Error & { readonly code?: string };
  process.stderr.write(
    isExpected ? errorText(message, code) : errorText(`unexpected ${name}: ${message}`),
  );
  return isExpected ? 2 : 1;
}

function packageVersion(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return JSON.parse(manifest).version;
}
