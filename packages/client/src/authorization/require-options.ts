import { AuthorizationError } from "./authorization-error.js";

/** What an option must be: a test, and the words that complete "must be". */
type OptionRule = readonly [isValid: (value: unknown) => boolean, mustBe: string];

const isObject = (value: unknown) => typeof value === "object" && value !== null;
const aString: OptionRule = [(value) => typeof value === "string", "a string"];
const aBoolean: OptionRule = [(value) => typeof value === "boolean", "true or false"];
const credentials: OptionRule = [isObject, "credentials"];

/** What the signer itself checks. */
const SIGNER_OPTIONS: readonly string[] = [
  "client",
  "signatureMethod",
  "realm",
  "transmission",
  "version",
  "allowInsecureTransport",
  "clock",
  "nonce",
];

/** Those of all steps, since many callers keep one object for all of them. */
const OPTIONS: Readonly<Record<string, OptionRule>> = {
  method: aString,
  parameters: [
    (value) => isObject(value) && Symbol.iterator in (value as object),
    "pairs of strings",
  ],
  protocolParameters: [Array.isArray, "a list of pairs of strings"],
  headers: [isObject, "an object of header fields"],
  fetch: [(value) => typeof value === "function", "a function such as fetch"],
  signal: [(value) => isObject(value) && "aborted" in (value as object), "an AbortSignal"],
  maximumResponseOctets: [
    (value) => Number.isSafeInteger(value) && Number(value) > 0,
    "a positive integer",
  ],
  callback: [
    (value) =>
      value === null || (typeof value === "string" && value !== "") || value instanceof URL,
    'an absolute URL, "oob" or null',
  ],
  requireCallbackConfirmation: aBoolean,
  temporaryCredentials: credentials,
  verifier: aString,
  tokenCredentials: credentials,
  sessionHandle: [
    (value) => typeof value === "string" && value !== "[redacted]",
    "the session handle, not the text [redacted] that stands for it when credentials are printed",
  ],
  username: aString,
  password: aString,
  mode: aString,
};

/**
 * Rejects options that are misspelled or of the wrong kind, before anything is sent.
 *
 * @param required - The options that the step must have.
 * @returns The signer's own options.
 * @throws AuthorizationError `ERR_OPTION`, which names the option and never shows its value.
 */
export function requireOptions(
  options: unknown,
  required: readonly string[] = [],
): Record<string, unknown> {
  if (!isObject(options)) throw wrong("options", "must be an object");
  const given = options as Readonly<Record<string, unknown>>;
  const signing: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (SIGNER_OPTIONS.includes(name)) {
      signing[name] = value;
      continue;
    }
    const rule = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
    if (rule === undefined) {
      const known = [...SIGNER_OPTIONS, ...Object.keys(OPTIONS)].join(", ");
      throw wrong(name, `is not among ${known}`);
    }
    if (value !== undefined && !rule[0](value)) throw wrong(name, `must be ${rule[1]}`);
  }
  for (const name of required) {
    if (given[name] === undefined) throw wrong(name, `must be ${OPTIONS[name]?.[1]}`);
  }
  return signing;
}

/**
 * The URL as `fetch` spells it: that is what the server verifies.
 *
 * @throws AuthorizationError `ERR_OPTION` if it is not absolute, or holds a user name or password:
 * HTTP clients make a second `Authorization` of these, or quote the whole URL in their errors.
 */
export function requireUrl(url: unknown): URL {
  const isUrl = typeof url === "string" || url instanceof URL;
  if (!isUrl || !URL.canParse(String(url))) throw wrong("url", "must be an absolute URL");
  const parsed = new URL(url);
  if (parsed.username !== "" || parsed.password !== "") {
    throw wrong("url", "must not hold a user name or password");
  }
  return parsed;
}

function wrong(parameter: string, message: string): AuthorizationError {
  return new AuthorizationError("ERR_OPTION", `${parameter} ${message}`, { parameter });
}
