import { hmac } from "@noble/hashes/hmac.js";
import type { CHash } from "@noble/hashes/utils.js";
import { encodeBase64 } from "../base64.js";
import type { HashFunction } from "./hash-function.js";

/** Hash functions of @noble/hashes, for platforms without a synchronous hash function. */
export function nobleHash(hash: CHash): HashFunction {
  return {
    prepareHmac(key) {
      const encoder = new TextEncoder();
      const prepared = hmac.create(hash, encoder.encode(key));
      return (text) => encodeBase64(prepared.clone().update(encoder.encode(text)).digest());
    },
    digest: (octets) => encodeBase64(hash(octets)),
  };
}
