import type { VerifierOptions } from "./create-verifier.js";
import {
  aBoolean,
  aFunction,
  aString,
  hasFunction,
  integerFrom,
  isObject,
  type OptionRule,
  requireOptions,
} from "./require-options.js";

const anyObject: OptionRule = { isValid: isObject, mustBe: "an object" };

const RULES: { readonly [Name in keyof VerifierOptions]-?: OptionRule } = {
  credentials: {
    isValid: (value) => hasFunction(value, "find"),
    mustBe: "an object with a function find(client, token)",
    isRequired: true,
  },
  nonces: {
    isValid: (value) => hasFunction(value, "spend"),
    mustBe: "a nonce store, such as the result of memoryNonceStore()",
    isRequired: true,
  },
  signatureMethods: {
    isValid: (value) => Array.isArray(value) && value.length > 0 && value.every(isMethod),
    mustBe: "a list of signature methods such as [hmacSha1], which are objects, not names",
    isRequired: true,
  },
  timestampTolerance: integerFrom(1),
  realm: aString,
  publicOrigin: aString,
  publicPath: aString,
  trustedProxies: anyObject,
  problemReporting: {
    isValid: (value) => value === "full" || value === "code" || value === "none",
    mustBe: '"full", "code" or "none"',
  },
  requireBodyHash: aBoolean,
  allowInsecureTransport: aBoolean,
  limits: anyObject,
  clock: aFunction,
};

/**
 * Rejects the options of a verifier that could not do what they seem to say.
 *
 * @throws VerifierError `ERR_OPTION`
 */
export function requireVerifierOptions(options: VerifierOptions): void {
  requireOptions("createVerifier", options, RULES);
}

function isMethod(value: unknown): boolean {
  return (
    hasFunction(value, "prepareToVerify") && typeof (value as { name?: unknown }).name === "string"
  );
}
