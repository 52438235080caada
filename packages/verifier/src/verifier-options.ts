import {
  aBoolean,
  aFunction,
  anObject,
  aString,
  hasFunction,
  integerFrom,
  oneOf,
  optional,
} from "@oauth1/options";
import type { VerifierOptions } from "./create-verifier.js";
import { type RulesOf, requireOptionsOf } from "./require-options.js";

const RULES: RulesOf<VerifierOptions> = {
  credentials: {
    isValid: (value) => hasFunction(value, "find"),
    mustBe: "an object with a function find(client, token)",
  },
  nonces: {
    isValid: (value) => hasFunction(value, "spend"),
    mustBe: "a nonce store, such as the result of memoryNonceStore()",
  },
  signatureMethods: {
    isValid: (value) => Array.isArray(value) && value.length > 0 && value.every(isMethod),
    mustBe: "a list of signature methods such as [hmacSha1], which are objects, not names",
  },
  timestampTolerance: optional(integerFrom(1)),
  realm: optional(aString),
  publicOrigin: optional(aString),
  publicPath: optional(aString),
  trustedProxies: optional(anObject),
  problemReporting: optional(oneOf("full", "code", "none")),
  requireBodyHash: optional(aBoolean),
  allowInsecureTransport: optional(aBoolean),
  limits: optional(anObject),
  clock: optional(aFunction),
};

/**
 * Rejects the options of a verifier that could not do what they seem to say.
 *
 * @throws VerifierError `ERR_VERIFIER_OPTION`
 */
export function requireVerifierOptions(options: VerifierOptions): void {
  requireOptionsOf("createVerifier", options, RULES);
}

function isMethod(value: unknown): boolean {
  return (
    hasFunction(value, "prepareToVerify") && typeof (value as { name?: unknown }).name === "string"
  );
}
