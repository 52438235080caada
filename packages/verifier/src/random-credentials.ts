import type { KnownClient, KnownToken } from "./credential-store.js";

/** Credentials that nobody has, of the same shape as typical ones. */
export interface RandomCredentials {
  readonly client: {
    readonly identifier: string;
    readonly sharedSecrets: readonly string[];
    readonly publicKey: NonNullable<KnownClient["publicKey"]>;
  };
  readonly token: KnownToken;
}

/**
 * Returns credentials for checking a signature of an unknown client or token, so that it takes the
 * same work as a known one. Made for each verifier at its first request, because some platforms
 * have no random numbers before.
 */
export function prepareRandomCredentials(): () => RandomCredentials {
  let made: RandomCredentials | undefined;
  return () => {
    made ??= {
      client: { identifier: "", sharedSecrets: [randomSecret()], publicKey: randomPublicKey() },
      token: { identifier: "", sharedSecrets: [randomSecret()] },
    };
    return made;
  };
}

/** 128 random bits as 32 unreserved characters, which take no time to encode. */
function randomSecret(): string {
  const octets = crypto.getRandomValues(new Uint8Array(16));
  return [...octets].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}

/**
 * A random modulus of 2,048 bits, which is odd, as platforms require, and greater than most others,
 * because a signature that is greater than the modulus is rejected earlier. It can have small
 * factors, but a signature of unknown credentials is never valid.
 */
function randomPublicKey() {
  const octets = crypto.getRandomValues(new Uint8Array(256));
  octets[0] = 0xff;
  octets[255] = (octets[255] as number) | 0x01;
  const n = btoa(String.fromCharCode(...octets))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
  return { kty: "RSA", n, e: "AQAB" };
}
