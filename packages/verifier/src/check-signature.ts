import type { KeyType, RsaVerifyingClient, SharedSecret } from "@oauth1/signature-methods";
import type { KnownClient, KnownToken } from "./credential-store.js";

/**
 * What a verifier needs of a signature method. Every method of `@oauth1/signature-methods` is one.
 */
export interface VerifyingMethod {
  /** The value of `oauth_signature_method`. */
  readonly name: string;
  /** Whether it verifies with the shared-secrets, or with the client's public key. */
  readonly keyType: KeyType;
  /** Whether a request must carry `oauth_timestamp` and `oauth_nonce` (RFC 5849 §3.1). */
  readonly requiresNonce: boolean;
  /** Whether a signature shows the secrets (RFC 5849 §4.2). */
  readonly revealsSecrets: boolean;
  /** Prepares the key for checking signatures. */
  prepareToVerify(
    this: void,
    client: SharedSecret & RsaVerifyingClient,
    token?: SharedSecret | undefined,
  ): (baseString: string, signature: string) => boolean | Promise<boolean>;
  /** The base64 hash of an entity-body, for `oauth_body_hash`. */
  readonly bodyHash?: (this: void, body: Uint8Array) => string | Promise<string>;
}

/** A signature, and what it was made from. */
export interface SignatureToCheck {
  readonly method: VerifyingMethod;
  readonly baseString: string;
  readonly signature: string;
}

/**
 * Whether a signature is valid by one of the secrets in force. Every one of them is tried to the
 * end, and where client or token is unknown, or has nothing for this method, a stand-in is tried in
 * its place: what is unknown takes the time of what is known, and is never valid.
 *
 * @param hasToken - Whether the request names a token.
 */
export function isSigned(
  { method, baseString, signature }: SignatureToCheck,
  client: KnownClient | undefined,
  hasToken: boolean,
  token: KnownToken | undefined,
): boolean | Promise<boolean> {
  const byKey = isByKey(method);
  const clientSecrets = nonEmpty(byKey ? undefined : client?.sharedSecrets);
  // RSA signs with the client's key alone (RFC 5849 §3.4.3).
  const tokenSecrets = hasToken && !byKey ? nonEmpty(token?.sharedSecrets) : [undefined];
  const hasKey = client !== undefined && hasKeyFor(method, client);
  // Without TypeScript, a token that is not enabled may come without its secrets.
  const knowsToken =
    !hasToken || (token !== undefined && (byKey || Boolean(token.sharedSecrets?.length)));
  const publicKey = client?.publicKey ?? STAND_IN_PUBLIC_KEY;
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
  if (pending.length === 0) return isValid && hasKey && knowsToken;
  return Promise.all(pending).then(
    (verdicts) => (isValid || verdicts.includes(true)) && hasKey && knowsToken,
  );
}

/** Whether the credentials of a client have what a method checks signatures by. */
export function hasKeyFor(method: VerifyingMethod, client: KnownClient): boolean {
  return isByKey(method) ? client.publicKey !== undefined : Boolean(client.sharedSecrets?.length);
}

function isByKey({ keyType }: VerifyingMethod): boolean {
  return keyType === "rsa";
}

function nonEmpty(secrets: readonly string[] | undefined): readonly string[] {
  return secrets === undefined || secrets.length === 0 ? STAND_IN_SECRETS : secrets;
}

/**
 * As long as secrets are wont to be, and of unreserved characters, which take no time to encode.
 * That everybody knows it does no harm: it is never valid.
 */
const STAND_IN_SECRETS: readonly string[] = ["stand-in_for_a_secret_nobody_has"];

/** A modulus of 2,048 ones, which nobody can have made from two primes on purpose. */
const STAND_IN_PUBLIC_KEY = { kty: "RSA", n: `${"_".repeat(341)}w`, e: "AQAB" };
