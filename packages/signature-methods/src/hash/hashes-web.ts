import { hmac } from "@noble/hashes/hmac.js";
import { sha1 as nobleSha1 } from "@noble/hashes/legacy.js";
import { sha256 as nobleSha256, sha512 as nobleSha512 } from "@noble/hashes/sha2.js";
import type { CHash } from "@noble/hashes/utils.js";
import { encodeBase64 } from "../base64.js";
import type { HashFunction } from "./hash-function.js";

// The hash functions of @noble/hashes, for platforms without a synchronous one. A bundle contains
// those that it uses.
export const sha1: HashFunction = /* @__PURE__ */ nobleHash(nobleSha1);
export const sha256: HashFunction = /* @__PURE__ */ nobleHash(nobleSha256);
export const sha512: HashFunction = /* @__PURE__ */ nobleHash(nobleSha512);

function nobleHash(hash: CHash): HashFunction {
  return {
    prepareHmac(key) {
      const encoder = new TextEncoder();
      const prepared = hmac.create(hash, encoder.encode(key));
      return (text) => encodeBase64(prepared.clone().update(encoder.encode(text)).digest());
    },
    digest: (octets) => encodeBase64(hash(octets)),
  };
}
