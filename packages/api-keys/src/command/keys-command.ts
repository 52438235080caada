import { printableLine } from "@oauth1/printable";
import { Command, InvalidArgumentError, Option } from "commander";
import { ApiKeysError } from "../api-keys-error.js";
import { SYSTEM } from "../audit/actor.js";
import type { ApiKey } from "../keys/key-schema.js";
import { print } from "./print.js";
import { addInstallationOptions, type Opened, withInstallation } from "./with-installation.js";

/**
 * `keys`: the API keys of an account, and the key that encrypts their secrets.
 *
 * @example
 * ```ts
 * import { keysCommand } from "@oauth1/api-keys/command";
 *
 * keysCommand().name(); // "keys"
 * ```
 */
export function keysCommand(): Command {
  const keys = addInstallationOptions(
    new Command("keys").description("administer the API keys of an account"),
  );
  keys
    .command("list")
    .description("list the API keys: App key, application name, category")
    .action((_options, command: Command) =>
      withInstallation(command, async ({ installation, accountId }) => {
        const { listKeys } = await import("../keys/read-keys.js");
        const { keys } = await listKeys(installation, accountId, { pageSize: 100 });
        for (const { client, applicationName, category, enabled } of keys) {
          const fields = [client.identifier, printableLine(applicationName), category];
          print([...fields, ...(enabled ? [] : ["disabled"])].join("\t"));
        }
      }),
    );
  keys
    .command("create <application>")
    .description("create an API key, and print it with its four values as JSON")
    .requiredOption("--developer <name>", "name of the developer")
    .requiredOption("--category <id>", "category of the catalogue, such as agent-interactions")
    .requiredOption("--permissions <ids...>", "permissions of the category, such as user-login")
    .option("--description <text>", "description of the application")
    .action((applicationName: string, options: CreationOptions, command: Command) =>
      withInstallation(command, async ({ installation, accountId }) => {
        const { createKey } = await import("../keys/create-key.js");
        const { developer: developerName, category, permissions, description } = options;
        const made = await createKey(installation, accountId, SYSTEM, {
          applicationName,
          developerName,
          category,
          permissions,
          description,
        });
        print(JSON.stringify(made, null, 2));
      }),
    );
  for (const enabled of [true, false]) {
    keys
      .command(enabled ? "enable <app-key>" : "disable <app-key>")
      .description(
        enabled ? "enable an API key that was disabled" : "disable an API key: it stops working",
      )
      .action((appKey: string, _options, command: Command) =>
        withInstallation(command, async (opened) => {
          const { setEnabled } = await import("../keys/set-enabled.js");
          const { id } = await keyOf(opened, appKey);
          await setEnabled(opened.installation, opened.accountId, SYSTEM, id, enabled);
        }),
      );
  }
  keys
    .command("rotate <app-key>")
    .description("generate new secrets for an API key, and print its four values as JSON")
    .addOption(
      new Option("--overlap <seconds>", "time for which the old secrets continue to work")
        .default(86_400)
        .argParser(parseSeconds),
    )
    .action((appKey: string, { overlap }: { overlap: number }, command: Command) =>
      withInstallation(command, async (opened) => {
        const { rotateSecrets } = await import("../keys/rotate-secrets.js");
        const { installation, accountId } = opened;
        const { id } = await keyOf(opened, appKey);
        const input = { overlapSeconds: overlap };
        const rotated = await rotateSecrets(installation, accountId, SYSTEM, id, input);
        print(JSON.stringify(rotated, null, 2));
      }),
    );
  keys.addCommand(encryptionCommand());
  return keys;
}

function encryptionCommand(): Command {
  const encryption = new Command("encryption").description(
    "administer the key that encrypts secrets",
  );
  encryption
    .command("rotate")
    .description("add a new key, and encrypt every secret again; the old key still decrypts")
    .action((_options, command: Command) => reencrypt(command, "add"));
  encryption
    .command("drop-old")
    .description("remove all keys except the newest; run it a few minutes after rotate")
    .action((_options, command: Command) => reencrypt(command, "drop"));
  return encryption;
}

/** The command cannot change keys in the environment (`keyFile` is undefined). */
function reencrypt(command: Command, change: "add" | "drop"): Promise<void> {
  return withInstallation(command, async ({ installation, keyFile }) => {
    const { addEncryptionKey, dropOldKeys } = await import("@oauth1/storage");
    const { reencryptSecrets } = await import("../encryption/re-encrypt.js");
    if (keyFile !== undefined && change === "add") addEncryptionKey(keyFile);
    const count = await reencryptSecrets(installation);
    if (keyFile !== undefined && change === "drop") dropOldKeys(keyFile);
    print(`${count} secrets encrypted with ${installation.keyRing.current().id}`);
  });
}

interface CreationOptions {
  readonly developer: string;
  readonly category: string;
  readonly permissions: string[];
  readonly description?: string;
}

async function keyOf({ installation, accountId }: Opened, appKey: string): Promise<ApiKey> {
  const { listKeys } = await import("../keys/read-keys.js");
  // A key can contain the App key of another one in its name.
  const { keys } = await listKeys(installation, accountId, { search: appKey, pageSize: 100 });
  const found = keys.find(({ client }) => client.identifier === appKey);
  if (found === undefined) {
    throw new ApiKeysError("ERR_NOT_FOUND", `the account has no API key "${appKey}"`);
  }
  return found;
}

function parseSeconds(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It must be a number of seconds.");
  return Number(text);
}
