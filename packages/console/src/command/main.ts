import { printable, printableError } from "@oauth1/printable";
import { CommanderError } from "commander";
import { consoleCommand } from "./console-command.js";

/**
 * Runs the command line of this package. The exit code is 0 if stopped, 1 for an unexpected error,
 * 2 for wrong usage or if it cannot start.
 */
export async function main(argv: readonly string[]): Promise<void> {
  // The reader of the output can close it early, as `head` does.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  try {
    await consoleCommand()
      .name("oauth1-console")
      .exitOverride()
      .configureOutput({
        writeOut: (text) => process.stdout.write(printable(text)),
        writeErr: (text) => process.stderr.write(printable(text)),
        outputError: (text, write) => write(errorText(text)),
      })
      .parseAsync(argv);
  } catch (error) {
    process.exitCode = exitCode(error);
  }
}

function exitCode(error: unknown): number {
  // Commander has already printed its message.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  process.stderr.write(errorText(`unexpected ${error}`));
  return 1;
}

/** The message without commander's prefix. */
function errorText(text: string): string {
  const message = text
    .replace(/^error: /, "")
    .trim()
    .replaceAll("\n", " ");
  return printableError("oauth1-console", message);
}
