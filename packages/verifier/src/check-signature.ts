import type { KeyType, RsaVerifyingClient, SharedSecret } from "@oauth1/signature-methods";
import type { KnownClient } from "./credential-store.js";
import type { UsableCredentials } from "./credentials/require-usable.js";
import type { RandomCredentials } from "./random-credentials.js";

/**
 * The part of a signature method that a verifier uses. Every method of `@oauth1/signature-methods`
 * has this type.
 */
export interface VerifyingMethod {
  /** The value of `oauth_signature_method`. */
  readonly name: string;
  /** The kind of key: shared-secrets, or the client's public key. */
  readonly keyType: KeyType;
  /** `true` if a request must have `oauth_timestamp` and `oauth_nonce` (RFC 5849 §3.1). */
  readonly requiresNonce: boolean;
  /** `true` if a signature reveals the secrets (RFC 5849 §4.2). */
  readonly revealsSecrets: boolean;
  /** Prepares a key for verifying signatures. */
  prepareToVerify(
    this: void,
    client: SharedSecret & RsaVerifyingClient,
    token?: SharedSecret | undefined,
  ): (baseString: string, signature: string) => boolean | Promise<boolean>;
  /** Returns the base64 hash of an entity-body, for `oauth_body_hash`. */
  readonly bodyHash?: (this: void, body: Uint8Array) => string | Promise<string>;
}

/** A signature, and the base string that it was made from. */
export interface SignatureToCheck {
  readonly method: VerifyingMethod;
  readonly baseString: string;
  readonly signature: string;
}

/**
 * Returns true if a signature is valid with one of the current secrets. Always tries all of them.
 * If the client or token has no key for this method, random credentials are tried instead, and the
 * result is false. So it takes the same work as a wrong signature.
 */
export function isSigned(
  { method, baseString, signature }: SignatureToCheck,
  { client, isClientKnown, token, isTokenKnown }: UsableCredentials,
  random: RandomCredentials,
): boolean | Promise<boolean> {
  const byKey = isByKey(method);
  const hasKey = hasKeyFor(method, client);
  // Without TypeScript, a token that is not enabled can lack secrets.
  const hasTokenSecrets = byKey || token === undefined || Boolean(token.sharedSecrets?.length);
  const isKnown =
    isClientKnown && hasKey && (token === undefined || isTokenKnown) && hasTokenSecrets;
  const clientSecrets = nonEmpty(byKey ? undefined : client.sharedSecrets, random.client);
  // RSA signs with the client's key alone (RFC 5849 §3.4.3).
  const tokenSecrets =
    token === undefined || byKey ? [undefined] : nonEmpty(token.sharedSecrets, random.token);
  const publicKey = client.publicKey ?? random.client.publicKey;
  const checks: ReturnType<VerifyingMethod["prepareToVerify"]>[] = [];
  for (const clientSecret of clientSecrets) {
    const key = { sharedSecret: clientSecret, publicKey };
    for (const tokenSecret of tokenSecrets) {
      const secret = tokenSecret === undefined ? undefined : { sharedSecret: tokenSecret };
      checks.push(method.prepareToVerify(key, secret));
    }
  }
  let isValid = false;
  const pending: Promise<boolean>[] = [];
  for (const check of checks) {
    const verdict = check(baseString, signature);
    if (typeof verdict === "boolean") isValid = verdict || isValid;
    else pending.push(verdict);
  }
  if (pending.length === 0) return isValid && isKnown;
  return Promise.all(pending).then((verdicts) => (isValid || verdicts.includes(true)) && isKnown);
}

/** Returns true if a client has the key that a method verifies with. */
export function hasKeyFor(method: VerifyingMethod, client: KnownClient): boolean {
  return isByKey(method) ? client.publicKey !== undefined : Boolean(client.sharedSecrets?.length);
}

function isByKey({ keyType }: VerifyingMethod): boolean {
  return keyType === "rsa";
}

function nonEmpty(
  secrets: readonly string[] | undefined,
  { sharedSecrets }: RandomCredentials["client" | "token"],
): readonly string[] {
  return secrets === undefined || secrets.length === 0 ? sharedSecrets : secrets;
}
