import { printable, printableLine } from "@oauth1/printable";
import { CommanderError } from "commander";
import { consoleCommand } from "./console-command.js";

/** Runs the command line of this package alone. The exit code: 0 stopped, 1 failed, 2 wrong usage. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await consoleCommand()
      .name("oauth1-console")
      .exitOverride()
      .configureOutput({
        writeOut: (text) => process.stdout.write(printable(text)),
        writeErr: (text) => process.stderr.write(printable(text)),
        outputError: (text, write) => write(errorLine(text)),
      })
      .parseAsync(argv);
  } catch (error) {
    process.exitCode = exitCode(error);
  }
}

function exitCode(error: unknown): number {
  // Commander has printed its message already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  process.stderr.write(errorLine(`unexpected ${error}`));
  return 1;
}

/** One line, without the word that commander begins its own messages with. */
function errorLine(text: string): string {
  const message = text
    .replace(/^error: /, "")
    .trim()
    .replaceAll("\n", " ");
  return `oauth1-console: ${printableLine(message)}\n`;
}
