import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { KeyRing } from "./key-ring.js";
import { StorageError } from "./storage-error.js";

/** The place of a secret. It cannot be decrypted in another place. */
export interface SecretPlace {
  /** What identifies the place: the kind of secret, the identifier of its row, and so on. */
  readonly path: readonly string[];
  /** What people call the secret, for an error: `the client secret of API key 7`. */
  readonly name: string;
}

/** The stored form of a secret. */
export interface SealedSecret {
  readonly encryptionKeyId: string;
  /** Base64url of the initialization vector (12 octets), the ciphertext and the tag (16 octets). */
  readonly sealed: string;
}

/**
 * Encrypts a secret with the current key: AES-256-GCM (NIST SP 800-38D) with a random
 * initialization vector. The place is authenticated with it.
 *
 * @example
 * ```ts
 * const ring = keyRingFromText("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
 * const place = { path: ["photos token", "nnch734d00sl2jdk"], name: "the secret of a token" };
 * const stored = sealSecret("pfkkdhi9sl3r4s00", place, ring);
 * stored.encryptionKeyId; // "630dcd2966c43366"
 * openSecret(stored, place, ring); // "pfkkdhi9sl3r4s00"
 * ```
 */
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
 * @throws `StorageError` `ERR_ENCRYPTION_KEY` if the ring does not contain its key,
 * `ERR_SEALED_SECRET` if it was changed or moved to another secret's place.
 *
 * @example
 * ```ts
 * const ring = keyRingFromText("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
 * const place = { path: ["photos token", "7"], name: "the secret of token 7" };
 * const stored = sealSecret("secret", place, ring);
 * let code: string | undefined;
 * try {
 *   openSecret(stored, { ...place, path: ["photos token", "8"] }, ring);
 * } catch (error) {
 *   code = (error as StorageError).code;
 * }
 * code; // "ERR_SEALED_SECRET"
 * ```
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
    throw new StorageError(
      "ERR_SEALED_SECRET",
      `${place.name} was changed or moved; restore it from a backup`,
    );
  }
}

const IV_OCTETS = 12;
const TAG_OCTETS = 16;

function associatedData({ path }: SecretPlace): Buffer {
  return Buffer.from(path.join("\n"), "utf8");
}
