import { generateKeyPairSync, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Command, Option } from "commander";
import { isPrivateKey, type TestCredentials } from "../serve/test-credentials.js";
import { UsageError } from "../usage-error.js";

/** Credentials, and the parts that are printed. Secrets that the user passed are not printed. */
export interface ServeCredentials {
  readonly credentials: TestCredentials;
  readonly printed: {
    readonly client: Printed & { readonly privateKey?: string };
    readonly token: Printed;
  };
}

interface Printed {
  readonly identifier: string;
  readonly sharedSecret?: string;
}

interface Options {
  readonly clientIdentifier?: string;
  readonly clientSharedSecret?: string;
  readonly tokenIdentifier?: string;
  readonly tokenSharedSecret?: string;
  readonly key?: string;
  readonly rsa?: boolean;
}

const KEY_VARIABLE = "OAUTH1_CLIENT_PRIVATE_KEY";

/** About {@link addCredentialOptions}. */
export const CREDENTIALS_HELP: string = `
The command generates identifiers and secrets that you do not set, and prints them at the start. It does not
print those that you set. An empty variable counts as not set. ${KEY_VARIABLE} contains PEM text,
instead of --key. Use only test secrets: other users can see arguments in the process list.`;

/** Adds the options for the credentials, named like those of `oauth1 sign`. */
export function addCredentialOptions(command: Command): Command {
  for (const owner of ["client", "token"]) {
    const variable = `OAUTH1_${owner.toUpperCase()}`;
    command
      .addOption(
        new Option(`--${owner}-identifier <text>`, `${owner} identifier`).env(
          `${variable}_IDENTIFIER`,
        ),
      )
      .addOption(
        new Option(`--${owner}-shared-secret <text>`, `${owner} shared-secret, for tests only`).env(
          `${variable}_SHARED_SECRET`,
        ),
      );
  }
  return command
    .option("--key <file>", "PEM file of the client's private key, for RSA, for tests only")
    .option("--rsa", "generate and print an RSA private key, unless one is given");
}

/**
 * The credentials that a command is given, and random ones in place of those that it is not.
 *
 * @throws UsageError for a private key that cannot be used.
 */
export function serveCredentials(command: Command): ServeCredentials {
  const options: Options = command.opts();
  const given = (name: Exclude<keyof Options, "key" | "rsa">): string | undefined =>
    command.getOptionValueSource(name) === "env" ? options[name] || undefined : options[name];
  const pair = (identifier: string | undefined, sharedSecret: string | undefined) => {
    const generated = { identifier: identifier ?? random(), sharedSecret: random() };
    return sharedSecret === undefined
      ? { expected: generated, printed: generated }
      : {
          expected: { ...generated, sharedSecret },
          printed: { identifier: generated.identifier },
        };
  };
  const client = pair(given("clientIdentifier"), given("clientSharedSecret"));
  const token = pair(given("tokenIdentifier"), given("tokenSharedSecret"));
  const givenKey = readKey(options.key);
  const newKey = givenKey === undefined && options.rsa ? { privateKey: generatedKey() } : {};
  return {
    credentials: {
      client: { ...client.expected, privateKey: givenKey, ...newKey },
      token: token.expected,
    },
    printed: { client: { ...client.printed, ...newKey }, token: token.printed },
  };
}

function readKey(file: string | undefined): string | undefined {
  const source = file === undefined ? KEY_VARIABLE : `--key ${file}`;
  const key = file === undefined ? process.env[KEY_VARIABLE] || undefined : readText(file);
  if (key === undefined || isPrivateKey(key)) return key;
  throw new UsageError(
    `${source}: must be an RSA private key in PEM, without a passphrase, of at least 2048 bits`,
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--key ${file}: cannot be read: ${code}`);
  }
}

function generatedKey(): string {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;
}

function random(): string {
  return randomBytes(12).toString("hex");
}
