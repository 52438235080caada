import { equalInConstantTime } from "@oauth1/hmac-sha1/constant-time";
import { PLAINTEXT } from "./description.js";
import { joinedSecrets } from "./hmac.js";
import type { SignatureMethod } from "./signature-method.js";

/**
 * PLAINTEXT: the signature is the client and token shared-secrets, encoded and joined by `&`. It
 * does not sign any part of the request and reveals the secrets, so use it only with TLS.
 * Synchronous.
 *
 * @see RFC 5849 §3.4.4
 *
 * @example
 * ```ts
 * const sign = plaintext.prepareToSign({ sharedSecret: "djr9rjt0jd78jf88" });
 * sign("any base string"); // "djr9rjt0jd78jf88&"
 * ```
 */
export const plaintext: SignatureMethod = {
  ...PLAINTEXT,
  prepareToSign(client, token) {
    const signature = joinedSecrets(client, token);
    return () => signature;
  },
  prepareToVerify(client, token) {
    const expected = joinedSecrets(client, token);
    return (_baseString, signature) => equalInConstantTime(expected, signature);
  },
};
