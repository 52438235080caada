import { createPrivateKey, createPublicKey } from "node:crypto";
import { filledText, type Kind, optional, record } from "../check-options.js";

/**
 * The credentials of the expected signer. Use secrets for tests only, because a check explains
 * what is signed with them.
 */
export interface TestCredentials {
  readonly client: {
    readonly identifier: string;
    readonly sharedSecret: string;
    /** An RSA private key in PEM, without a passphrase, of at least 2,048 bits. */
    readonly privateKey?: string | undefined;
  };
  readonly token: { readonly identifier: string; readonly sharedSecret: string };
}

/** A request cannot be signed with a lone surrogate (RFC 5849 §3.6). */
const secretKind: Kind = {
  mustBe: "a string of Unicode text",
  isValid: (value) => typeof value === "string" && !/\p{Surrogate}/u.test(value),
};

/** The kind of {@link TestCredentials}. */
export const testCredentialsKind: Kind = record({
  client: record({
    identifier: filledText,
    sharedSecret: secretKind,
    privateKey: optional({
      mustBe: "an RSA private key in PEM, without a passphrase, of at least 2048 bits",
      isValid: isPrivateKey,
    }),
  }),
  token: record({ identifier: filledText, sharedSecret: secretKind }),
});

/** Returns true if a value is a private key whose signatures can be checked. */
export function isPrivateKey(value: unknown): value is string {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(value as string);
    return asymmetricKeyType === "rsa" && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
  } catch {
    return false;
  }
}

/** The public key of a private key, in PEM. */
export function publicKeyOf(privateKey: string): string {
  return createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString();
}
