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
import type { VerifyingMethod } from "./check-signature.js";
import type { CredentialStore } from "./credential-store.js";
import type { TrustedProxies } from "./forwarded.js";
import type { Limits } from "./limits.js";
import type { NonceStore } from "./nonce-store.js";
import type { ProblemReporting } from "./rejection.js";
import { type RulesOf, requireOptionsOf } from "./require-options.js";

/** Options of `createVerifier()`. */
export interface VerifierOptions<Caller = unknown> {
  /** Finds the credentials of callers. */
  readonly credentials: CredentialStore<Caller>;
  /** Remembers used nonces. */
  readonly nonces: NonceStore;
  /** The accepted signature methods (RFC 5849 §3.2). */
  readonly signatureMethods: readonly VerifyingMethod[];
  /**
   * The seconds by which a timestamp can differ from the clock, in both directions. Default: 300.
   */
  readonly timestampTolerance?: number | undefined;
  /** The realm of the challenge: visible ASCII, decoded. */
  readonly realm?: string | undefined;
  /**
   * The scheme and authority that all clients call, for example `https://api.example.com`. Replaces
   * the connection's scheme and the Host header.
   */
  readonly publicOrigin?: string | undefined;
  /**
   * The start of the path that a gateway removes, percent-encoded as clients send it. For example
   * `/prod`, if clients call `https://api.example.com/prod/photos` and `/photos` arrives.
   */
  readonly publicPath?: string | undefined;
  /** The proxies whose reports of scheme and host are trusted. Default: none. */
  readonly trustedProxies?: TrustedProxies | undefined;
  /**
   * Whether a request must name a token. `required`: without `oauth_token` it is rejected with
   * `parameter_absent`, as for a resource that belongs to a resource owner. `none`: with one it is
   * rejected with `parameter_rejected`, as at the endpoint of RFC 5849 §2.1. For routes that differ,
   * create a verifier each, with the same nonce store. Default: `optional`.
   */
  readonly token?: "required" | "optional" | "none" | undefined;
  /** How much the client learns about a problem. Use `full` for development. Default: `code`. */
  readonly problemReporting?: ProblemReporting | undefined;
  /** If `true`, a body that is not a form must have an `oauth_body_hash`. Default: `false`. */
  readonly requireBodyHash?: boolean | undefined;
  /**
   * If `true`, a method that reveals the secrets (PLAINTEXT) is also accepted over http (RFC 5849
   * §4.2). Default: `false`.
   */
  readonly allowInsecureTransport?: boolean | undefined;
  readonly limits?: Limits | undefined;
  /** Returns the time in seconds since 1970. Default: the system clock. */
  readonly clock?: (() => number) | undefined;
}

/** The rules for the options of a verifier. */
export const verifierRules: RulesOf<VerifierOptions> = {
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
  token: optional(oneOf("required", "optional", "none")),
  problemReporting: optional(oneOf("full", "code", "none")),
  requireBodyHash: optional(aBoolean),
  allowInsecureTransport: optional(aBoolean),
  limits: optional(anObject),
  clock: optional(aFunction),
};

/**
 * Rejects invalid options of a verifier.
 *
 * @throws VerifierError `ERR_VERIFIER_OPTION`
 */
export function requireVerifierOptions(options: VerifierOptions): void {
  requireOptionsOf("createVerifier", options, verifierRules);
}

/**
 * Requires every member on which a decision depends. For example, a method without `requiresNonce`
 * would allow replays.
 */
function isMethod(value: unknown): boolean {
  if (!hasFunction(value, "prepareToVerify")) return false;
  const { name, keyType, requiresNonce, revealsSecrets } = value as Partial<VerifyingMethod>;
  return (
    typeof name === "string" &&
    (keyType === "shared-secret" || keyType === "rsa") &&
    typeof requiresNonce === "boolean" &&
    typeof revealsSecrets === "boolean"
  );
}
