import { parseEnv } from "node:util";
import { PercentEncodingError, percentEncode } from "@oauth1/percent-encoding";
import { type Credentials, credentials } from "@oauth1/signer";
import { type Command, Option } from "commander";
import { readSource } from "./read-source.js";
import { UsageError } from "./usage-error.js";

/** Who signs: client credentials, and token credentials where there are some. */
export interface SigningCredentials {
  readonly client: Credentials;
  readonly token: Credentials | undefined;
}

type Values = Partial<Record<Name, string>>;
type Name = (typeof names)[number];

const names = [
  "clientIdentifier",
  "clientSharedSecret",
  "tokenIdentifier",
  "tokenSharedSecret",
] as const;

interface Spelling {
  /** In errors and help: the RFC's own words. */
  readonly words: string;
  readonly flag: string;
  readonly variable: string;
}

const spellings: Readonly<Record<Name, Spelling>> = {
  clientIdentifier: {
    words: "client identifier",
    flag: "--client-identifier",
    variable: "OAUTH1_CLIENT_IDENTIFIER",
  },
  clientSharedSecret: {
    words: "client shared-secret",
    flag: "--client-shared-secret",
    variable: "OAUTH1_CLIENT_SHARED_SECRET",
  },
  tokenIdentifier: {
    words: "token identifier",
    flag: "--token-identifier",
    variable: "OAUTH1_TOKEN_IDENTIFIER",
  },
  tokenSharedSecret: {
    words: "token shared-secret",
    flag: "--token-shared-secret",
    variable: "OAUTH1_TOKEN_SHARED_SECRET",
  },
};

export const CREDENTIALS_HELP = `
Credentials come from options, from the environment or from a file; the first that has one wins.
Give secrets by environment or file: arguments show in process lists and stay in shell histories.
A file is JSON, {"client":{"identifier":"…","sharedSecret":"…"},"token":{…}},
or lines of a .env file with the four OAUTH1_ names. An empty variable counts as not set.`;

/** Adds the options that say who signs. */
export function addCredentialOptions(command: Command): Command {
  for (const name of names) {
    const { words, flag, variable } = spellings[name];
    const warning = name.endsWith("Secret") ? "; visible to others as an argument" : "";
    command.addOption(new Option(`${flag} <text>`, `${words}${warning}`).env(variable));
  }
  return command.addOption(
    new Option("--credentials <file>", "JSON or .env file with the credentials, - for stdin"),
  );
}

/**
 * The credentials that a command was given: option before environment before file, each of the four
 * values for itself.
 */
export function givenCredentials(command: Command): SigningCredentials {
  const options: Values & { credentials?: string } = command.opts();
  const file = options.credentials === undefined ? {} : readCredentials(options.credentials);
  const values: Values = {};
  for (const name of names) {
    const isEmptyVariable = command.getOptionValueSource(name) === "env" && options[name] === "";
    const value = isEmptyVariable ? file[name] : (options[name] ?? file[name]);
    if (value !== undefined) values[name] = requireText(name, value);
  }

  const hasToken = values.tokenIdentifier !== undefined || values.tokenSharedSecret !== undefined;
  const missing = names.filter(
    (name) => values[name] === undefined && (name.startsWith("client") || hasToken),
  );
  if (missing.length > 0) throw new UsageError(missingMessage(missing));
  const { clientIdentifier = "", clientSharedSecret = "" } = values;
  const { tokenIdentifier = "", tokenSharedSecret = "" } = values;
  return {
    client: credentials({ identifier: clientIdentifier, sharedSecret: clientSharedSecret }),
    token: hasToken
      ? credentials({ identifier: tokenIdentifier, sharedSecret: tokenSharedSecret })
      : undefined,
  };
}

function missingMessage(missing: readonly Name[]): string {
  const list = (part: keyof Spelling) => missing.map((name) => spellings[name][part]).join(", ");
  return `no ${list("words")}: give ${list("flag")}, or set ${list("variable")}, or name a file with --credentials`;
}

/** Encoding is where a lone surrogate would show, too late to say in which of the four. */
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
  const text = readSource(name, "--credentials");
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
    throw new UsageError("--credentials: neither a JSON object nor a line with an OAUTH1_ name");
  }
  return values;
}

function fromJson(text: string): Values {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which holds secrets.
    throw new UsageError("--credentials: no valid JSON");
  }
  const { client, token } = members(file, "the file", ["client", "token"]);
  const values: Values = {};
  for (const [owner, part] of Object.entries({ client, token })) {
    if (part === undefined || part === null) continue;
    for (const [key, value] of Object.entries(
      members(part, owner, ["identifier", "sharedSecret"]),
    )) {
      if (typeof value !== "string") {
        throw new UsageError(`--credentials: ${owner}.${key} is not a string`);
      }
      values[
        key === "identifier" ? (`${owner}Identifier` as Name) : (`${owner}SharedSecret` as Name)
      ] = value;
    }
  }
  return values;
}

function members(value: unknown, where: string, allowed: readonly string[]) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError(`--credentials: ${where} is not an object`);
  }
  if (Object.keys(value).some((key) => !allowed.includes(key))) {
    throw new UsageError(`--credentials: ${where} has members other than ${allowed.join(" and ")}`);
  }
  return value as Record<string, unknown>;
}
