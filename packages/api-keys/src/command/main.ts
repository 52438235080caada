import { printable, printableError } from "@oauth1/printable";
import { Command, CommanderError } from "commander";
import { isExpected } from "./is-expected.js";
import { keysCommand } from "./keys-command.js";
import { usersCommand } from "./users-command.js";

/**
 * Runs the command line of this package, which has the commands `oauth1 users` and `oauth1 keys`.
 * The exit code is 0 for success, 1 for an unexpected error, 2 for wrong usage or if the command
 * cannot be done.
 */
export async function main(argv: readonly string[]): Promise<void> {
  // The reader of the output can close it early, as `head` does.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  const program = new Command("oauth1-api-keys").description(
    "administer the users and API keys of an installation",
  );
  const commands = [usersCommand(), keysCommand()];
  for (const command of commands) program.addCommand(command);
  for (const command of withSubcommands(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => process.stdout.write(printable(text)),
      writeErr: (text) => process.stderr.write(printable(text)),
      outputError: (text, write) => write(errorText(text)),
    });
  }
  try {
    await program.parseAsync(argv);
  } catch (error) {
    process.exitCode = exitCode(error);
  }
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

function exitCode(error: unknown): number {
  // Commander has already printed its message.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  process.stderr.write(
    isExpected(error) ? errorText(error.message, error.code) : errorText(`unexpected ${error}`),
  );
  return isExpected(error) ? 2 : 1;
}

/** The message without commander's prefix. */
function errorText(text: string, code?: string): string {
  const message = text
    .replace(/^error: /, "")
    .trim()
    .replaceAll("\n", " ");
  return printableError("oauth1-api-keys", message, code);
}
