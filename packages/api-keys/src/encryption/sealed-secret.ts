import {
  type KeyRing,
  openSecret as openAtPlace,
  type SealedSecret,
  sealSecret as sealAtPlace,
} from "@oauth1/storage";

/** The place of an API key's secret. It cannot be decrypted in another place. */
export interface KeySecretPlace {
  /** The row of the secret. */
  readonly id: string;
  /** The API key that it belongs to. */
  readonly keyId: string;
  readonly part: "client" | "token";
}

/** Encrypts a secret with the current key. */
export function sealSecret(secret: string, place: KeySecretPlace, ring: KeyRing): SealedSecret {
  return sealAtPlace(secret, placeOf(place), ring);
}

/**
 * Decrypts a secret.
 *
 * @throws `StorageError` `ERR_ENCRYPTION_KEY` if the ring does not contain its key,
 * `ERR_SEALED_SECRET` if it was changed or moved to another secret's place.
 */
export function openSecret(stored: SealedSecret, place: KeySecretPlace, ring: KeyRing): string {
  return openAtPlace(stored, placeOf(place), ring);
}

function placeOf({ id, keyId, part }: KeySecretPlace) {
  return {
    path: ["oauth1 api-keys secret", id, keyId, part],
    name: `the ${part} secret of API key ${keyId}`,
  };
}
