import type { KeyHalf } from "./rsa-client.js";

/** The error codes of an RSA key. */
export type KeyErrorCode =
  /**
   * The key is not in a supported format. Remedy: pass PEM text, a JWK, a `CryptoKey` or a
   * `KeyObject`.
   */
  | "ERR_KEY_FORM"
  /**
   * The key's text or octets are damaged or incomplete. Remedy: copy the whole key again, with
   * its first and last line.
   */
  | "ERR_KEY_MALFORMED"
  /**
   * A private key is needed, and this is a public one or a certificate. Remedy: pass the private
   * key that belongs to it.
   */
  | "ERR_KEY_PUBLIC"
  /**
   * A public key or a certificate is needed, and this is a private key. Remedy: pass the public
   * key or the certificate, and keep the private key with the client.
   */
  | "ERR_KEY_PRIVATE"
  /** The key is not an RSA key. Remedy: generate an RSA key, or use an HMAC method. */
  | "ERR_KEY_NOT_RSA"
  /** The modulus is shorter than the minimum. Remedy: generate a key of at least 2,048 bits. */
  | "ERR_KEY_TOO_SMALL"
  /**
   * The key is encrypted, and there is no passphrase or no way to decrypt it on this platform.
   * Remedy: set `passphrase`, or decrypt the key first.
   */
  | "ERR_KEY_ENCRYPTED"
  /** The passphrase is wrong. Remedy: correct the passphrase. */
  | "ERR_KEY_PASSPHRASE"
  /**
   * A CryptoKey for another algorithm, hash function or use. Remedy: import the key for
   * RSASSA-PKCS1-v1_5, the hash function of the method, and `sign` or `verify`.
   */
  | "ERR_KEY_ALGORITHM";

/** Thrown for a key that cannot sign or verify. Never contains a part of the key. */
export class KeyError extends Error {
  override readonly name = "KeyError";
  /** The stable code of the error. */
  readonly code: KeyErrorCode;

  constructor(code: KeyErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Returns the error for a key that has the right format but that the platform cannot use. */
export function damagedKey(half: KeyHalf): KeyError {
  return new KeyError("ERR_KEY_MALFORMED", `the ${half} key is damaged`);
}
