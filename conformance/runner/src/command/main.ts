import { readFileSync } from "node:fs";
import { printableError } from "@oauth1/printable";
import { Command, CommanderError } from "commander";
import { UsageError } from "../usage-error.js";
import { diffCommand } from "./diff-command.js";
import { pairwiseCommand } from "./pairwise-command.js";
import { printedOutput } from "./printed.js";
import { probeCommand } from "./probe-command.js";
import { reportCommand } from "./report-command.js";
import { runCommand } from "./run-command.js";
import { serveCommand } from "./serve-command.js";

/**
 * Runs the command line of this package. The exit code is 0 if all results are as expected, 1
 * if not, 2 for wrong usage or bad input.
 */
export async function main(argv: readonly string[]): Promise<void> {
  // The reader of the output can close it early, as `head` does.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  const root = new Command("oauth1-conformance")
    .description("test implementations with the vectors and properties of RFC 5849")
    .version(packageVersion())
    .enablePositionalOptions();
  root.addCommand(runCommand(), { isDefault: true });
  root.addCommand(serveCommand());
  root.addCommand(probeCommand());
  root.addCommand(diffCommand());
  root.addCommand(pairwiseCommand());
  root.addCommand(reportCommand());
  for (const command of [root, ...root.commands]) {
    command.exitOverride().showSuggestionAfterError().configureOutput(printedOutput);
  }
  try {
    await root.parseAsync(argv);
  } catch (error) {
    process.exitCode = exitCode(error);
  }
}

function exitCode(error: unknown): number {
  // Commander has already printed its message.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) {
    process.stderr.write(printableError("oauth1-conformance", error.message, error.code));
    return 2;
  }
  const { name, message } = error as Error;
  process.stderr.write(printableError("oauth1-conformance", `unexpected ${name}: ${message}`));
  return 1;
}

function packageVersion(): string {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return JSON.parse(manifest).version;
}
