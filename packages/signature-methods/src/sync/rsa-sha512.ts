import { RSA_SHA512 } from "../description.js";
import { type RsaSyncMethod, rsaSyncMethod } from "../rsa-sync.js";

/**
 * RSA-SHA512: RSASSA-PKCS1-v1_5 with SHA-512, using node:crypto. Synchronous, in Node, Bun and
 * Deno.
 *
 * @see RFC 5849 §3.4.3, RFC 8017 §8.2
 */
export const rsaSha512Sync: RsaSyncMethod = /* @__PURE__ */ rsaSyncMethod(RSA_SHA512);
