import { parseEnv } from "node:util";
import { PercentEncodingError, percentEncode } from "@oauth1/percent-encoding";
import type { KeyType } from "@oauth1/signature-methods";
import { type Credentials, redactCredentials } from "@oauth1/signer";
import { type Command, Option } from "commander";
import { readSecretSource, readSource } from "./read-source.js";
import { UsageError } from "./usage-error.js";

/** Client credentials and optional token credentials. */
export interface SigningCredentials {
  readonly client: SharedSecretClient | PrivateKeyClient;
  readonly token: Credentials | undefined;
}

/** Credentials with shared-secrets. */
export type SharedSecretClient = Credentials;

/** Credentials with an RSA key. */
export interface PrivateKeyClient {
  readonly identifier: string;
  /** PEM. */
  readonly privateKey: string;
  readonly passphrase: string | undefined;
  /** The source of the key, for display. */
  readonly keySource: string;
}

type Values = Partial<Record<Name, string>>;
type Name = (typeof names)[number];

/** The names of the options. */
const names = [
  "clientIdentifier",
  "clientSharedSecret",
  "key",
  "keyPassphrase",
  "tokenIdentifier",
  "tokenSharedSecret",
] as const;

interface Spelling {
  /** The RFC's term, for errors and help. */
  readonly words: string;
  readonly flag: string;
  readonly variable: string;
  /** The path in a JSON file. */
  readonly member: readonly [owner: "client" | "token", key: string];
}

const spellings: Readonly<Record<Name, Spelling>> = {
  clientIdentifier: {
    words: "client identifier",
    flag: "--client-identifier",
    variable: "OAUTH1_CLIENT_IDENTIFIER",
    member: ["client", "identifier"],
  },
  clientSharedSecret: {
    words: "client shared-secret",
    flag: "--client-shared-secret",
    variable: "OAUTH1_CLIENT_SHARED_SECRET",
    member: ["client", "sharedSecret"],
  },
  key: {
    words: "client private key",
    flag: "--key",
    variable: "OAUTH1_CLIENT_PRIVATE_KEY",
    member: ["client", "privateKey"],
  },
  keyPassphrase: {
    words: "passphrase of the private key",
    flag: "--key-passphrase",
    variable: "OAUTH1_KEY_PASSPHRASE",
    member: ["client", "passphrase"],
  },
  tokenIdentifier: {
    words: "token identifier",
    flag: "--token-identifier",
    variable: "OAUTH1_TOKEN_IDENTIFIER",
    member: ["token", "identifier"],
  },
  tokenSharedSecret: {
    words: "token shared-secret",
    flag: "--token-shared-secret",
    variable: "OAUTH1_TOKEN_SHARED_SECRET",
    member: ["token", "sharedSecret"],
  },
};

/** The secrets or key with which a server checks a signature. */
export interface GivenSecrets {
  readonly clientSharedSecret: string | undefined;
  readonly tokenSharedSecret: string | undefined;
  /** PEM. */
  readonly publicKey: string | undefined;
}

export const CREDENTIALS_HELP = `
Credentials come from options, the environment or a file, in this order.
Pass secrets in the environment or a file: other users can see arguments in the process list, and
the shell keeps them in its history.
The file is JSON, {"client":{"identifier":"…","sharedSecret":"…"},"token":{…}},
or a .env file with the OAUTH1_ variables. An empty variable counts as not set.
RSA signs with a private key instead of shared-secrets: --key names its PEM file;
OAUTH1_CLIENT_PRIVATE_KEY and the file's client.privateKey contain PEM text.`;

/** Adds the options for credentials. */
export function addCredentialOptions(command: Command): Command {
  for (const name of names) {
    const { words, flag } = spellings[name];
    if (name === "key") {
      command.option(`${flag} <file>`, `PEM file of the ${words}, for RSA; - for stdin`);
    } else {
      command.addOption(valueOption(name));
    }
  }
  return addFileOption(command);
}

function valueOption(name: Name): Option {
  const { words, flag, variable } = spellings[name];
  const warning = /Identifier$/.test(name) ? "" : "; other users can see arguments";
  return new Option(`${flag} <text>`, `${words}${warning}`).env(variable);
}

function addFileOption(command: Command): Command {
  return command.addOption(
    new Option("--credentials <file>", "JSON or .env file with the credentials; - for stdin"),
  );
}

/**
 * Reads the credentials of a command. Each value comes from its option, the environment or the
 * file, in this order.
 *
 * @param keyType - The kind of key of the signature method. Only those credentials are required.
 */
export function givenCredentials(command: Command, keyType: KeyType): SigningCredentials {
  const options: Values & { credentials?: string } = command.opts();
  const file = options.credentials === undefined ? {} : readCredentials(options.credentials);
  const { values, keySource } = givenValues(command, options, file);

  const hasToken = values.tokenIdentifier !== undefined || values.tokenSharedSecret !== undefined;
  const signsWithKey = keyType === "rsa";
  const needed: Name[] = ["clientIdentifier", signsWithKey ? "key" : "clientSharedSecret"];
  if (hasToken) needed.push("tokenIdentifier");
  if (hasToken && !signsWithKey) needed.push("tokenSharedSecret");
  const missing = needed.filter((name) => values[name] === undefined);
  if (missing.length > 0) throw new UsageError(missingMessage(missing));
  const { clientIdentifier = "", clientSharedSecret = "", key = "", keyPassphrase } = values;
  const { tokenIdentifier = "", tokenSharedSecret = "" } = values;
  return {
    client: signsWithKey
      ? redactCredentials({
          identifier: clientIdentifier,
          privateKey: key,
          passphrase: keyPassphrase,
          keySource,
        })
      : redactCredentials({ identifier: clientIdentifier, sharedSecret: clientSharedSecret }),
    token: hasToken
      ? redactCredentials({ identifier: tokenIdentifier, sharedSecret: tokenSharedSecret })
      : undefined,
  };
}

/** Adds the options for the secrets with which a server checks a signature. */
export function addSecretOptions(command: Command): Command {
  return addFileOption(
    command
      .addOption(valueOption("clientSharedSecret"))
      .addOption(valueOption("tokenSharedSecret"))
      .option("--public-key <file>", "PEM file of the client's public key, for RSA; - for stdin"),
  );
}

/** Reads the secrets of a command, in the same order. One of the client's is required. */
export function givenSecrets(command: Command): GivenSecrets {
  const options: Values & SecretOptions = command.opts();
  const file = options.credentials === undefined ? {} : readCredentials(options.credentials);
  const { clientSharedSecret, tokenSharedSecret } = givenValues(command, options, file).values;
  const { publicKey } = options;
  if (clientSharedSecret === undefined && publicKey === undefined) {
    throw new UsageError(
      "missing client shared-secret: set OAUTH1_CLIENT_SHARED_SECRET, name a file with --credentials, or pass the client's --public-key",
    );
  }
  return {
    clientSharedSecret,
    tokenSharedSecret,
    publicKey: publicKey === undefined ? undefined : readSource(publicKey, "--public-key"),
  };
}

/** Returns the options for secrets that read standard input. */
export function secretsFromStandardInput(command: Command): boolean[] {
  const { credentials, publicKey } = command.opts<SecretOptions>();
  return [credentials, publicKey].map((name) => name === "-");
}

interface SecretOptions {
  readonly credentials?: string;
  readonly publicKey?: string;
}

function givenValues(command: Command, options: Values, file: Values) {
  const values: Values = {};
  for (const name of names) {
    if (name === "key") continue;
    const isEmptyVariable = command.getOptionValueSource(name) === "env" && options[name] === "";
    const value = isEmptyVariable ? file[name] : (options[name] ?? file[name]);
    if (value !== undefined) values[name] = requireText(name, value);
  }
  const { flag, variable } = spellings.key;
  const found: [key: string | undefined, source: string][] = [
    [
      options.key === undefined ? undefined : readSecretSource(options.key, flag),
      `${flag} ${options.key}`,
    ],
    [process.env[variable] || undefined, variable],
    [file.key, "--credentials"],
  ];
  const [key, keySource = ""] = found.find(([text]) => text !== undefined) ?? [];
  if (key !== undefined) values.key = key;
  return { values, keySource };
}

function missingMessage(missing: readonly Name[]): string {
  const list = (part: "words" | "flag" | "variable") =>
    missing.map((name) => spellings[name][part]).join(", ");
  return `missing ${list("words")}: pass ${list("flag")}, set ${list("variable")} or name a file with --credentials`;
}

/** The encoder would reject a lone surrogate later, when the name of the value is unknown. */
function requireText(name: Name, value: string): string {
  try {
    percentEncode(value);
    return value;
  } catch (error) {
    if (!(error instanceof PercentEncodingError)) throw error;
    throw new UsageError(`${spellings[name].words}: ${error.message}`);
  }
}

function readCredentials(name: string): Values {
  const text = readSecretSource(name, "--credentials");
  return /^\s*\{/.test(text) ? fromJson(text) : fromVariables(text);
}

function fromVariables(text: string): Values {
  const variables = parseEnv(text);
  const values: Values = {};
  for (const name of names) {
    const value = variables[spellings[name].variable];
    if (value !== undefined) values[name] = value;
  }
  if (Object.keys(values).length === 0) {
    throw new UsageError(
      "--credentials: the file must be a JSON object, or have a line with an OAUTH1_ variable",
    );
  }
  return values;
}

function fromJson(text: string): Values {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which contains secrets.
    throw new UsageError("--credentials: the file must be valid JSON");
  }
  const { client, token } = members(file, "the file", ["client", "token"]);
  const values: Values = {};
  for (const [owner, part] of Object.entries({ client, token })) {
    if (part === undefined || part === null) continue;
    const itsNames = names.filter((name) => spellings[name].member[0] === owner);
    const keys = itsNames.map((name) => spellings[name].member[1]);
    const found = members(part, owner, keys);
    for (const name of itsNames) {
      const key = spellings[name].member[1];
      const value = found[key];
      if (value === undefined) continue;
      if (typeof value !== "string") {
        throw new UsageError(`--credentials: ${owner}.${key} must be a string`);
      }
      values[name] = value;
    }
  }
  return values;
}

function members(value: unknown, where: string, allowed: readonly string[]) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError(`--credentials: ${where} must be an object`);
  }
  if (Object.keys(value).some((key) => !allowed.includes(key))) {
    throw new UsageError(
      `--credentials: ${where} must have no members other than ${allowed.join(", ")}`,
    );
  }
  return value as Record<string, unknown>;
}
