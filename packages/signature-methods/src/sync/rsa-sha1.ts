import { RSA_SHA1 } from "../description.js";
import { type RsaSyncMethod, rsaSyncMethod } from "../rsa-sync.js";

/**
 * RSA-SHA1: RSASSA-PKCS1-v1_5 with SHA-1, using node:crypto. Synchronous, in Node, Bun and Deno.
 *
 * @see RFC 5849 §3.4.3, RFC 8017 §8.2
 */
export const rsaSha1Sync: RsaSyncMethod = /* @__PURE__ */ rsaSyncMethod(RSA_SHA1);
