import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { ApiKeysError } from "../api-keys-error.js";
import type { KeyRing } from "./key-ring.js";

/** The place of a secret. It cannot be decrypted in another place. */
export interface SecretPlace {
  /** The row of the secret. */
  readonly id: string;
  /** The API key that it belongs to. */
  readonly keyId: string;
  readonly part: "client" | "token";
}

/** The stored form of a secret. */
export interface SealedSecret {
  readonly encryptionKeyId: string;
  /** Base64url of the initialization vector (12 octets), the ciphertext and the tag (16 octets). */
  readonly sealed: string;
}

/** Encrypts a secret with the current key: AES-256-GCM (NIST SP 800-38D) with a random IV. */
export function sealSecret(secret: string, place: SecretPlace, ring: KeyRing): SealedSecret {
  const { id, key } = ring.current();
  const iv = randomBytes(IV_OCTETS);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(associatedData(place));
  const ciphertext = [cipher.update(secret, "utf8"), cipher.final()];
  const sealed = Buffer.concat([iv, ...ciphertext, cipher.getAuthTag()]).toString("base64url");
  return { encryptionKeyId: id, sealed };
}

/**
 * Decrypts a secret.
 *
 * @throws `ApiKeysError` `ERR_ENCRYPTION_KEY` if the ring does not contain its key,
 * `ERR_SEALED_SECRET` if it was changed or moved to another secret's place.
 */
export function openSecret(stored: SealedSecret, place: SecretPlace, ring: KeyRing): string {
  const key = ring.find(stored.encryptionKeyId);
  const octets = Buffer.from(stored.sealed, "base64url");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, octets.subarray(0, IV_OCTETS), {
      authTagLength: TAG_OCTETS,
    })
      .setAAD(associatedData(place))
      .setAuthTag(octets.subarray(-TAG_OCTETS));
    const ciphertext = octets.subarray(IV_OCTETS, -TAG_OCTETS);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString("utf8");
  } catch {
    throw new ApiKeysError(
      "ERR_SEALED_SECRET",
      `the ${place.part} secret of API key ${place.keyId} was changed or moved; restore it from a backup`,
    );
  }
}

const IV_OCTETS = 12;
const TAG_OCTETS = 16;

function associatedData({ id, keyId, part }: SecretPlace): Buffer {
  return Buffer.from(`oauth1 api-keys secret\n${id}\n${keyId}\n${part}`, "utf8");
}
