import { KeyError } from "./key-error.js";
import type { WebCryptoKey } from "./rsa-client.js";

/** NIST SP 800-131A Rev. 2 §3: shorter moduli are disallowed for new signatures. */
export const MINIMUM_MODULUS_LENGTH = 2048;

/** Rejects a modulus that is shorter than the minimum. */
export function requireModulusLength(length: number | undefined, minimum: number): void {
  if (length === undefined || !(length >= minimum)) {
    throw new KeyError(
      "ERR_KEY_TOO_SMALL",
      `the modulus of the key must have at least ${minimum} bits, not ${length}`,
    );
  }
}

/** Rejects a `CryptoKey` that is bound to another algorithm, hash function or use. */
export function requireAlgorithm<Key>(key: WebCryptoKey, usage: string, hash: string): Key {
  const { name, hash: itsHash } = key.algorithm as { name: string; hash?: { name: string } };
  if (name !== "RSASSA-PKCS1-v1_5" || itsHash?.name !== hash || !key.usages.includes(usage)) {
    throw new KeyError(
      "ERR_KEY_ALGORITHM",
      `the CryptoKey must be for RSASSA-PKCS1-v1_5, ${hash} and ${usage}, not for ${name}, ${itsHash?.name ?? "no hash"} and ${key.usages.join("+")}`,
    );
  }
  return key as Key;
}
