import type { KeyHalf } from "./rsa-client.js";

/** What is wrong with an RSA key. */
export type KeyErrorCode =
  /** No key in a form that is known here. */
  | "ERR_KEY_FORM"
  /** The key's text or octets are damaged or incomplete. */
  | "ERR_KEY_MALFORMED"
  /** A private key is needed, and this is a public one or a certificate. */
  | "ERR_KEY_PUBLIC"
  /** A public key or a certificate is needed, and this is a private key. */
  | "ERR_KEY_PRIVATE"
  /** A key of another kind than RSA. */
  | "ERR_KEY_NOT_RSA"
  /** The modulus is shorter than asked for. */
  | "ERR_KEY_TOO_SMALL"
  /** The key is encrypted, and there is no passphrase, or nothing here can decrypt it. */
  | "ERR_KEY_ENCRYPTED"
  /** The passphrase is wrong. */
  | "ERR_KEY_PASSPHRASE"
  /** A CryptoKey for another algorithm, hash function or use. */
  | "ERR_KEY_ALGORITHM";

/** Thrown for a key that cannot sign or verify. Never holds a part of the key. */
export class KeyError extends Error {
  override readonly name = "KeyError";
  /** What is wrong. Stable, to switch on. */
  readonly code: KeyErrorCode;

  constructor(code: KeyErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** What only the platform finds: a key of the right form that it cannot use. */
export function damagedKey(half: KeyHalf): KeyError {
  return new KeyError("ERR_KEY_MALFORMED", `the ${half} key is damaged`);
}
