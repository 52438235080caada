import { printable, printableLine } from "@oauth1/printable";
import { CommanderError } from "commander";
import { consoleCommand } from "./console-command.js";

/** Runs the command line of this package alone. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await consoleCommand()
      .name("oauth1-console")
      .exitOverride()
      .configureOutput({
        writeOut: (text) => process.stdout.write(printable(text)),
        writeErr: (text) => process.stderr.write(printable(text)),
      })
      .parseAsync(argv);
  } catch (error) {
    // Commander has printed its message already.
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    process.stderr.write(`oauth1-console: ${printableLine((error as Error).message)}\n`);
    process.exitCode = 1;
  }
}
