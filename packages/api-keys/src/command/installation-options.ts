import { homedir } from "node:os";
import { join } from "node:path";
import { Option } from "commander";

/**
 * The option `--data` of every command that opens an installation, so that all of them open the
 * same one by default.
 */
export function dataOption(): Option {
  return new Option("--data <folder>", "folder of the embedded database and the encryption keys")
    .env("OAUTH1_DATA")
    .default(join(homedir(), ".oauth1"), "~/.oauth1");
}

/** The option `--database-url` of every command that opens an installation. */
export function databaseUrlOption(): Option {
  return new Option(
    "--database-url <url>",
    "PostgreSQL server to use instead of the embedded database",
  ).env("DATABASE_URL");
}

/** The option `--account` of the commands that administer one account. */
export function accountOption(): Option {
  return new Option("--account <id>", "account to administer (default: the oldest one)").env(
    "OAUTH1_ACCOUNT",
  );
}
