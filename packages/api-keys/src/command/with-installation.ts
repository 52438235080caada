import type { Command } from "commander";
import type { Installation } from "../installation.js";
import { accountOption, databaseUrlOption, dataOption } from "./installation-options.js";

interface Settings {
  readonly data: string;
  readonly databaseUrl?: string;
  readonly account?: string;
}

/** The resources of a command. */
export interface Opened {
  readonly installation: Installation;
  readonly accountId: string;
  /** The file of the encryption keys; `undefined` if they are in the environment. */
  readonly keyFile: string | undefined;
}

/** Adds the options that {@link withInstallation} reads to a command and its subcommands. */
export function addInstallationOptions(command: Command): Command {
  return command
    .addOption(dataOption())
    .addOption(databaseUrlOption())
    .addOption(accountOption())
    .addHelpText(
      "after",
      `
OAUTH1_ENCRYPTION_KEYS contains the encryption keys, instead of the file in the data folder.
Only one process can open the embedded database, so stop the console first.

Exit codes: 0 done, 1 for an unexpected error, 2 for wrong usage or if the command cannot be done`,
    );
}

/** Opens the installation that the options name, and closes it after the task. */
export async function withInstallation(
  command: Command,
  task: (opened: Opened) => Promise<void>,
): Promise<void> {
  // The process runs only this command. Other users of the machine must not read the files that
  // it creates.
  process.umask(0o077);
  // Imported here, so that --help does not load the database.
  const { keyFileOf } = await import("@oauth1/storage");
  const { openInstallation } = await import("../installation.js");
  const { firstAccount } = await import("../sign-in/first-start.js");
  const { data, databaseUrl, account } = command.optsWithGlobals<Settings>();
  const encryptionKeys = process.env["OAUTH1_ENCRYPTION_KEYS"];
  const installation = await openInstallation({ dataFolder: data, databaseUrl, encryptionKeys });
  try {
    await task({
      installation,
      accountId: account ?? (await firstAccount(installation)),
      keyFile: encryptionKeys === undefined ? keyFileOf(data) : undefined,
    });
  } finally {
    await installation.close();
  }
}
