import { prepareHmacSha1 } from "@oauth1/hmac-sha1";
import { sha1 } from "#hashes";
import { HMAC_SHA1 } from "./description.js";
import type { SharedSecret, SignatureMethod } from "./signature-method.js";

/**
 * HMAC-SHA1 with the client and token shared-secrets. Synchronous.
 *
 * @see RFC 5849 §3.4.2
 *
 * @example
 * ```ts
 * const sign = hmacSha1.prepareToSign({ sharedSecret: "cs" }, { sharedSecret: "ts" });
 * sign("bs"); // "VZVjXceV7JgPq/dOTnNmEfO0Fv8="
 * ```
 */
export const hmacSha1: SignatureMethod = {
  ...HMAC_SHA1,
  prepareToSign: (client, token) => prepare(client, token).sign,
  prepareToVerify: (client, token) => prepare(client, token).verify,
  bodyHash: (body) => sha1.digest(body),
};

function prepare(client: SharedSecret, token: SharedSecret | undefined) {
  return prepareHmacSha1({
    clientSharedSecret: client.sharedSecret,
    tokenSharedSecret: token?.sharedSecret,
  });
}
