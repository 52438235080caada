import {
  aBoolean,
  aFunction,
  aString,
  integerFrom,
  isObject,
  optional,
  type Rule,
  type Rules,
  requireOptions,
} from "@oauth1/options";
import { AuthorizationError } from "./authorization-error.js";

const credentials: Rule = { mustBe: "credentials", isValid: isObject };

const forTheSigner: Rule = optional({ mustBe: "an option of the signer", isValid: () => true });

/**
 * The options of the signer and of all steps, because many callers use one object for all steps.
 */
const OPTIONS: Rules = {
  client: forTheSigner,
  signatureMethod: forTheSigner,
  realm: forTheSigner,
  transmission: forTheSigner,
  version: forTheSigner,
  allowInsecureTransport: forTheSigner,
  clock: forTheSigner,
  nonce: forTheSigner,
  method: optional(aString),
  parameters: optional({
    mustBe: "pairs of strings",
    isValid: (value) => isObject(value) && Symbol.iterator in value,
  }),
  protocolParameters: optional({ mustBe: "a list of pairs of strings", isValid: Array.isArray }),
  headers: optional({ mustBe: "an object of headers", isValid: isObject }),
  fetch: optional({ ...aFunction, mustBe: "a function such as fetch" }),
  signal: optional({
    mustBe: "an AbortSignal",
    isValid: (value) => isObject(value) && "aborted" in value,
  }),
  maximumResponseOctets: optional(integerFrom(1)),
  callback: optional({
    mustBe: 'an absolute URL, "oob" or null',
    isValid: (value) =>
      value === null || (typeof value === "string" && value !== "") || value instanceof URL,
  }),
  requireCallbackConfirmation: optional(aBoolean),
  temporaryCredentials: optional(credentials),
  verifier: optional(aString),
  tokenCredentials: optional(credentials),
  sessionHandle: optional({
    mustBe: "the session handle, not the text [redacted] of printed credentials",
    isValid: (value) => typeof value === "string" && value !== "[redacted]",
  }),
  username: optional(aString),
  password: optional(aString),
  mode: optional(aString),
};

/**
 * Rejects options that are misspelled or of the wrong type, before anything is sent.
 *
 * @param required - The options that the step requires.
 * @returns The signer's own options.
 * @throws AuthorizationError `ERR_AUTHORIZATION_OPTION`, which names the option and never shows its
 * value.
 */
export function requireStepOptions(
  options: unknown,
  required: readonly string[] = [],
): Record<string, unknown> {
  const rules = { ...OPTIONS };
  for (const name of required) rules[name] = { ...(OPTIONS[name] as Rule), isOptional: false };
  requireOptions(options, rules, wrongOption);
  return Object.fromEntries(
    Object.entries(options as object).filter(([name]) => OPTIONS[name] === forTheSigner),
  );
}

/**
 * Returns the URL as `fetch` sends it, because this is what the server verifies.
 *
 * @throws AuthorizationError `ERR_AUTHORIZATION_OPTION` if it is not absolute, or contains a user
 * name or password: HTTP clients turn these into a second `Authorization`, or quote the whole URL
 * in errors.
 */
export function requireUrl(url: unknown): URL {
  const isUrl = typeof url === "string" || url instanceof URL;
  if (!isUrl || !URL.canParse(String(url))) throw wrongOption("url", "must be an absolute URL");
  const parsed = new URL(url);
  if (parsed.username !== "" || parsed.password !== "") {
    throw wrongOption("url", "must not contain a user name or password");
  }
  return parsed;
}

/** The error for an option or an argument of a step. */
export function wrongOption(parameter: string, problem: string): AuthorizationError {
  return new AuthorizationError("ERR_AUTHORIZATION_OPTION", `${parameter} ${problem}`, {
    parameter,
  });
}
