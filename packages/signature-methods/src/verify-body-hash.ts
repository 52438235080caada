import { equalInConstantTime } from "@oauth1/hmac-sha1/constant-time";
import type { SignatureMethod, Verdict } from "./signature-method.js";

/**
 * Returns true if a received `oauth_body_hash` is the hash of the entity-body, by the hash function
 * of the request's signature method. The hashes are compared in constant time. A server calls this
 * only after it verified the signature, which covers the parameter, and rejects the parameter with
 * a form body.
 *
 * @param method - The request's signature method. One without a hash function has no body hash.
 * @param body - The octets of the entity-body, empty if there is none.
 * @param received - The decoded value of `oauth_body_hash`, base64.
 * @see Request Body Hash extension, draft 3, §3.2 and §4.1
 *
 * @example
 * ```ts
 * const body = new TextEncoder().encode("Hello World!");
 * verifyBodyHash(hmacSha1, body, "Lve95gjOVATpfV8EL5X4nxwjKHE="); // true
 * ```
 */
export function verifyBodyHash<Signature extends string | Promise<string>>(
  method: Pick<SignatureMethod<Signature>, "bodyHash">,
  body: Uint8Array,
  received: string,
): Verdict<Signature> | false {
  const hash = method.bodyHash?.(body);
  if (hash === undefined) return false;
  return (
    typeof hash === "string"
      ? equalInConstantTime(hash, received)
      : hash.then((known) => equalInConstantTime(known, received))
  ) as Verdict<Signature>;
}
