import { KeyError } from "./key-error.js";

/** Web Crypto cannot decrypt a PEM key. */
export function decryptPrivateKey(_pem: string, _passphrase: string): Uint8Array {
  throw new KeyError(
    "ERR_KEY_ENCRYPTED",
    "an encrypted private key can be read only with node:crypto: decrypt it first",
  );
}
