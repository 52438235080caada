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
import type { ProblemReporting } from "./refusal.js";
import { type RulesOf, requireOptionsOf } from "./require-options.js";

/** What a verifier accepts, and how. */
export interface VerifierOptions<Caller = unknown> {
  /** Who may call. */
  readonly credentials: CredentialStore<Caller>;
  /** What was used before. */
  readonly nonces: NonceStore;
  /** The signature methods that are accepted, and no other (RFC 5849 §3.2). */
  readonly signatureMethods: readonly VerifyingMethod[];
  /** Seconds by which a timestamp may differ from the clock, both ways: 300 where left out. */
  readonly timestampTolerance?: number | undefined;
  /** The realm of the challenge: visible ASCII, decoded. */
  readonly realm?: string | undefined;
  /**
   * Scheme and authority by which all clients call this server, `https://api.example.com` say, in
   * place of the connection's scheme and the Host header field.
   */
  readonly publicOrigin?: string | undefined;
  /**
   * The start of the path that a gateway removes, `/prod` say: clients call
   * `https://api.example.com/prod/photos`, and `/photos` arrives. Percent-encoded as clients send it.
   */
  readonly publicPath?: string | undefined;
  /** Proxies whose word on scheme and host is taken. Left out: nobody's. */
  readonly trustedProxies?: TrustedProxies | undefined;
  /** How much the client is told of what was wrong: `code` by default, `full` for development. */
  readonly problemReporting?: ProblemReporting | undefined;
  /** Whether a body that is no form must come with `oauth_body_hash`: `false` where left out. */
  readonly requireBodyHash?: boolean | undefined;
  /**
   * Whether a method that shows the secrets (PLAINTEXT) is accepted over http too: `false` by default
   * (RFC 5849 §4.2).
   */
  readonly allowInsecureTransport?: boolean | undefined;
  readonly limits?: Limits | undefined;
  /** The time in seconds since 1970: the system's where left out. */
  readonly clock?: (() => number) | undefined;
}

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

/**
 * Every member that a decision depends on is asked for: a method without `requiresNonce` would let
 * requests be replayed.
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
