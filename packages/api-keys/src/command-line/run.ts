import { homedir } from "node:os";
import { join } from "node:path";
import { printable, printableLine } from "@oauth1/printable";
import { Command, CommanderError, Option } from "commander";
import { ApiKeysError } from "../api-keys-error.js";
import { SYSTEM } from "../audit/record.js";
import { addEncryptionKey, dropOldKeys } from "../encryption/key-ring.js";
import { reencryptSecrets } from "../encryption/re-encrypt.js";
import { type Installation, keyFileOf, openInstallation } from "../installation.js";
import { firstAccount } from "../sign-in/first-start.js";
import { createOneTimeLink } from "../sign-in/one-time-link.js";
import { ROLES, type Role } from "../sign-in/roles.js";
import { createUser, editUser, listUsers } from "../sign-in/users.js";

interface Settings {
  readonly data: string;
  readonly database?: string;
  readonly account?: string;
}

/**
 * Runs the `oauth1-api-keys` command: users, their one-time links, and the encryption key.
 *
 * @returns The exit code: 0 for success, 1 for a failure, 2 for wrong usage.
 */
export async function run(argv: readonly string[]): Promise<number> {
  // The process belongs to this command: other users of the machine must not read its files.
  process.umask(0o077);
  const program = new Command("oauth1-api-keys")
    .description("Administers the users and encryption keys of an installation")
    .addOption(
      new Option("--data <folder>", "folder of the embedded database and the encryption keys")
        .env("OAUTH1_DATA")
        .default(join(homedir(), ".oauth1")),
    )
    .addOption(
      new Option(
        "--database <url>",
        "PostgreSQL server to use instead of the embedded database",
      ).env("DATABASE_URL"),
    )
    .addOption(
      new Option("--account <id>", "account (default: the first one)").env("OAUTH1_ACCOUNT"),
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => process.stdout.write(printable(text)),
      writeErr: (text) => process.stderr.write(printable(text)),
      outputError: (text, write) => write(errorLine(text)),
    });
  const withInstallation = async (
    task: (installation: Installation, accountId: string) => Promise<void>,
  ) => {
    const settings = program.opts<Settings>();
    const installation = await openInstallation({
      dataFolder: settings.data,
      databaseUrl: settings.database,
      encryptionKeys: process.env["OAUTH1_ENCRYPTION_KEYS"],
    });
    try {
      await task(installation, settings.account ?? (await firstAccount(installation)));
    } finally {
      await installation.close();
    }
  };

  const user = program.command("user").description("users of an account");
  user
    .command("list")
    .description("list the users: name, role, id")
    .action(() =>
      withInstallation(async (installation, accountId) => {
        for (const { id, username, role, enabled } of await listUsers(installation, accountId)) {
          print(`${printableLine(username)}\t${role}\t${id}${enabled ? "" : "\tdisabled"}`);
        }
      }),
    );
  user
    .command("add <name>")
    .description("add a user, and print the token of a one-time link to set a password")
    .addOption(new Option("--role <role>", "role of the user").choices(ROLES).default("Agent"))
    .action((username: string, { role }: { role: Role }) =>
      withInstallation(async (installation, accountId) => {
        const added = await createUser(installation, accountId, SYSTEM, { username, role });
        const link = await createOneTimeLink(installation, accountId, SYSTEM, added.id);
        print(link.token);
      }),
    );
  user
    .command("link <name>")
    .description("print the token of a new one-time link; the previous link stops working")
    .action((username: string) =>
      withInstallation(async (installation, accountId) => {
        const { id } = await userNamed(installation, accountId, username);
        print((await createOneTimeLink(installation, accountId, SYSTEM, id)).token);
      }),
    );
  user
    .command("role <name> <role>")
    .description(`change the role of a user: ${ROLES.join(", ")}`)
    .action((username: string, role: Role) =>
      withInstallation(async (installation, accountId) => {
        const { id } = await userNamed(installation, accountId, username);
        await editUser(installation, accountId, SYSTEM, id, { role });
      }),
    );

  const encryption = program.command("encryption").description("key that encrypts secrets");
  encryption
    .command("rotate")
    .description("add a new key, and encrypt every secret again; the old key still decrypts")
    .action(() =>
      withInstallation(async (installation) => {
        const file = keyFile();
        if (file !== undefined) addEncryptionKey(file);
        const count = await reencryptSecrets(installation);
        print(`${count} secrets encrypted with ${installation.keyRing.current().id}`);
      }),
    );
  encryption
    .command("drop-old")
    .description("remove all keys except the newest; run it a few minutes after rotate")
    .action(() =>
      withInstallation(async (installation) => {
        const count = await reencryptSecrets(installation);
        const file = keyFile();
        if (file !== undefined) dropOldKeys(file);
        print(`${count} secrets encrypted with ${installation.keyRing.current().id}`);
      }),
    );

  /** Returns `undefined` if the keys are in the environment, which this command cannot change. */
  function keyFile(): string | undefined {
    if (process.env["OAUTH1_ENCRYPTION_KEYS"] !== undefined) return undefined;
    return keyFileOf(program.opts<Settings>().data);
  }

  try {
    await program.parseAsync(argv);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const isExpected = error instanceof ApiKeysError;
    process.stderr.write(errorLine(isExpected ? error.message : `unexpected ${error}`));
    return 1;
  }
}

async function userNamed(installation: Installation, accountId: string, username: string) {
  const users = await listUsers(installation, accountId);
  const found = users.find((each) => each.username.toLowerCase() === username.toLowerCase());
  if (found === undefined) {
    throw new ApiKeysError("ERR_NOT_FOUND", `the account has no user "${username}"`);
  }
  return found;
}

/** One line, without the prefix of commander's messages. */
function errorLine(text: string): string {
  const message = text
    .replace(/^error: /, "")
    .trim()
    .replaceAll("\n", " ");
  return `oauth1-api-keys: ${printableLine(message)}\n`;
}

function print(line: string): void {
  process.stdout.write(`${printable(line)}\n`);
}
