import type { RsaVerifyingClient } from "@oauth1/signature-methods";

/** Credentials that nobody has, of the same shape as typical ones. */
export interface RandomCredentials {
  readonly sharedSecrets: readonly string[];
  readonly publicKey: NonNullable<RsaVerifyingClient["publicKey"]>;
}

/**
 * Returns credentials for checking a signature of an unknown client or token, so that it takes the
 * same work as a known one. Made for each verifier at its first request, because some platforms
 * have no random numbers before.
 */
export function prepareRandomCredentials(): () => RandomCredentials {
  let made: RandomCredentials | undefined;
  return () => {
    made ??= { sharedSecrets: [randomSecret()], publicKey: PUBLIC_KEY };
    return made;
  };
}

/** 128 random bits as 32 unreserved characters, which take no time to encode. */
function randomSecret(): string {
  const octets = crypto.getRandomValues(new Uint8Array(16));
  return [...octets].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}

/**
 * A modulus of 2,048 one bits, for which nobody can have chosen two primes. A random one could have
 * small factors, or be even, which platforms reject.
 */
const PUBLIC_KEY = { kty: "RSA", n: `${"_".repeat(341)}w`, e: "AQAB" };
