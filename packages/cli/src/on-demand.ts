import { Command } from "commander";
import type { LoadedCommand } from "./loaded-command.js";
import { UsageError } from "./usage-error.js";

/**
 * A command of a package that is not installed with this one, because it is large and few users
 * need it.
 */
export interface OnDemand {
  readonly name: string;
  readonly description: string;
  /** The package that contains the command. */
  readonly from: string;
  readonly load: () => Promise<LoadedCommand>;
}

/** The commands of other packages. */
export const onDemand: readonly OnDemand[] = [
  {
    name: "conformance",
    description: "test an implementation of OAuth 1.0 against RFC 5849",
    from: "@oauth1/conformance",
    load: async () => (await import("./conformance-command.js")).conformance(),
  },
  {
    name: "console",
    description: "serve the API keys of an account, the playground and the inspector",
    from: "@oauth1/console",
    load: async () => {
      const { consoleCommand } = await import("@oauth1/console/command");
      // The package reports its errors like commander.
      return { command: consoleCommand(), isExpected: () => false };
    },
  },
  {
    name: "provider",
    description: "start a demonstration provider, and show how a client gets a token from it",
    from: "@oauth1/provider",
    load: async () => (await import("./provider-command.js")).provider(),
  },
  {
    name: "users",
    description: "administer the users of an account",
    from: "@oauth1/api-keys",
    load: async () => {
      const { isExpected, usersCommand } = await import("@oauth1/api-keys/command");
      return { command: usersCommand(), isExpected };
    },
  },
  {
    name: "keys",
    description: "administer the API keys of an account",
    from: "@oauth1/api-keys",
    load: async () => {
      const { isExpected, keysCommand } = await import("@oauth1/api-keys/command");
      return { command: keysCommand(), isExpected };
    },
  },
];

/** Loads a command if the command line asks for it and its package is installed. */
export async function loadOnDemand(
  other: OnDemand,
  [, , ...words]: readonly string[],
): Promise<LoadedCommand> {
  const [first, second] = words;
  const isWanted = first === other.name || (first === "help" && second === other.name);
  if (isWanted && isInstalled(other.from)) return other.load();
  return { command: placeholder(other), isExpected: () => false };
}

function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(`${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}

/** A placeholder that --help lists, and that says how to install the command. */
function placeholder({ name, description, from }: OnDemand): Command {
  return new Command(name)
    .description(isInstalled(from) ? description : `${description} (needs ${from})`)
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(() => {
      throw new UsageError(
        `oauth1 ${name} needs the package ${from}: install it with npm install --global ${from}`,
      );
    });
}
