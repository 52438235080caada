import { createPrivateKey } from "node:crypto";
import { KeyError } from "./key-error.js";

/** Decrypts a PEM private key to PKCS#8. */
export function decryptPrivateKey(pem: string, passphrase: string): Uint8Array {
  try {
    return createPrivateKey({ key: pem, passphrase }).export({ type: "pkcs8", format: "der" });
  } catch {
    throw new KeyError(
      "ERR_KEY_PASSPHRASE",
      "the passphrase of the private key is wrong, or the key is damaged",
    );
  }
}
