import { printableLine } from "@oauth1/printable";
import { Command, Option } from "commander";
import { ApiKeysError } from "../api-keys-error.js";
import { SYSTEM } from "../audit/actor.js";
import { ROLES, type Role } from "../sign-in/roles.js";
import type { UserChange } from "../sign-in/user-schema.js";
import { print } from "./print.js";
import { addInstallationOptions, type Opened, withInstallation } from "./with-installation.js";

/**
 * `users`: the users of an account and their one-time links.
 *
 * @example
 * ```ts
 * import { usersCommand } from "@oauth1/api-keys/command";
 *
 * usersCommand().name(); // "users"
 * ```
 */
export function usersCommand(): Command {
  const users = addInstallationOptions(
    new Command("users").description("administer the users of an account"),
  );
  users
    .command("list")
    .description("list the users: name, role, id")
    .action((_options, command: Command) =>
      withInstallation(command, async ({ installation, accountId }) => {
        const { listUsers } = await import("../sign-in/users.js");
        for (const { id, username, role, enabled } of await listUsers(installation, accountId)) {
          print(`${printableLine(username)}\t${role}\t${id}${enabled ? "" : "\tdisabled"}`);
        }
      }),
    );
  users
    .command("add <name>")
    .description(
      "add a user, and print the token of a one-time link to set a password: <address of the console>/welcome#<token>",
    )
    .addOption(new Option("--role <role>", "role of the user").choices(ROLES).default("Viewer"))
    .action((username: string, { role }: { role: Role }, command: Command) =>
      withInstallation(command, async ({ installation, accountId }) => {
        const { createUser } = await import("../sign-in/users.js");
        const { createOneTimeLink } = await import("../sign-in/one-time-link.js");
        const added = await createUser(installation, accountId, SYSTEM, { username, role });
        print((await createOneTimeLink(installation, accountId, SYSTEM, added.id)).token);
      }),
    );
  users
    .command("link <name>")
    .description("print the token of a new one-time link; the previous link stops working")
    .action((username: string, _options, command: Command) =>
      withInstallation(command, async (opened) => {
        const { createOneTimeLink } = await import("../sign-in/one-time-link.js");
        const { installation, accountId } = opened;
        const { id } = await userNamed(opened, username);
        print((await createOneTimeLink(installation, accountId, SYSTEM, id)).token);
      }),
    );
  users
    .command("role <name> <role>")
    .description(`change the role of a user: ${ROLES.join(", ")}`)
    .action((username: string, role: Role, _options, command: Command) =>
      edit(command, username, { role }),
    );
  users
    .command("disable <name>")
    .description("disable a user: the sessions end, and the user cannot sign in")
    .action((username: string, _options, command: Command) =>
      edit(command, username, { enabled: false }),
    );
  users
    .command("enable <name>")
    .description("enable a user that was disabled")
    .action((username: string, _options, command: Command) =>
      edit(command, username, { enabled: true }),
    );
  users
    .command("end-sessions <name>")
    .description("end all open sessions of a user, and print their number")
    .action((username: string, _options, command: Command) =>
      withInstallation(command, async (opened) => {
        const { endSessions } = await import("../sign-in/session-list.js");
        const { id } = await userNamed(opened, username);
        print(String(await endSessions(opened.installation, opened.accountId, SYSTEM, id)));
      }),
    );
  return users;
}

function edit(command: Command, username: string, change: UserChange): Promise<void> {
  return withInstallation(command, async (opened) => {
    const { editUser } = await import("../sign-in/users.js");
    const { id } = await userNamed(opened, username);
    await editUser(opened.installation, opened.accountId, SYSTEM, id, change);
  });
}

async function userNamed({ installation, accountId }: Opened, username: string) {
  const { findUserByName } = await import("../sign-in/users.js");
  const found = await findUserByName(installation.database, accountId, username);
  if (found === undefined) {
    throw new ApiKeysError("ERR_NOT_FOUND", `the account has no user "${username}"`);
  }
  return found;
}
