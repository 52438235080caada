import {
  aBoolean,
  aFunction,
  anObject,
  aString,
  oneOf,
  optional,
  type Rule,
  type Rules,
  requireOptions,
} from "@oauth1/options";
import { SignerError } from "./signer-error.js";

/**
 * Rejects options that are misspelled or of the wrong type.
 *
 * @throws SignerError `ERR_SIGNER_OPTION`, which names the option and never shows its value.
 */
export function requireSignerOptions(options: unknown, rules: Rules): void {
  requireOptions(
    options,
    rules,
    (option, problem) => new SignerError("ERR_SIGNER_OPTION", option, problem),
  );
}

const nullable = (rule: Rule): Rule =>
  optional({
    mustBe: `${rule.mustBe}, or null`,
    isValid: (value) => value === null || rule.isValid(value),
  });

/** The options of a signer. The credentials are checked when they are read. */
export const SIGNER_OPTIONS: Rules = {
  client: optional({ ...anObject, mustBe: "client credentials" }),
  token: nullable({ ...anObject, mustBe: "token credentials" }),
  signatureMethod: optional({
    mustBe: "a signature method such as hmacSha1, which is an object, not a name",
    isValid: (value) =>
      typeof (value as { prepareToSign?: unknown } | null)?.prepareToSign === "function",
  }),
  realm: nullable(aString),
  transmission: optional(oneOf("header", "form-body", "query")),
  version: nullable(oneOf("1.0")),
  bodyHash: optional(aBoolean),
  allowInsecureTransport: optional(aBoolean),
  clock: optional(aFunction),
  nonce: optional(aFunction),
};

/** The options of one request. */
export const SIGN_OPTIONS: Rules = {
  protocolParameters: optional({
    mustBe: "a list of pairs of strings",
    isValid: Array.isArray,
  }),
  bodyHash: optional(aBoolean),
  timestampOffset: optional({ mustBe: "a whole number", isValid: Number.isSafeInteger }),
};
