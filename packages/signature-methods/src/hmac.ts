import { equalInConstantTime } from "@oauth1/hmac-sha1/constant-time";
import { percentEncode } from "@oauth1/percent-encoding";
import type { HashingDescription } from "./description.js";
import type { HashFunction } from "./hash/hash-function.js";
import type { SharedSecret, SignatureMethod } from "./signature-method.js";

/** HMAC of RFC 5849 §3.4.2, with another hash function than SHA-1. */
export function hmacMethod(description: HashingDescription, hash: HashFunction): SignatureMethod {
  const prepareToSign = (client: SharedSecret, token?: SharedSecret) =>
    hash.prepareHmac(joinedSecrets(client, token));
  return {
    ...description,
    prepareToSign,
    prepareToVerify(client, token) {
      const sign = prepareToSign(client, token);
      // One digest has one base64 text, so comparing the texts compares the digests.
      return (baseString, signature) => equalInConstantTime(sign(baseString), signature);
    },
    bodyHash: hash.digest,
  };
}

/**
 * The shared-secrets, encoded and joined by `&`, which is present without a token too: the key of
 * HMAC (RFC 5849 §3.4.2) and the signature of PLAINTEXT (§3.4.4).
 */
export function joinedSecrets(client: SharedSecret, token?: SharedSecret): string {
  return `${percentEncode(client.sharedSecret)}&${percentEncode(token?.sharedSecret ?? "")}`;
}
