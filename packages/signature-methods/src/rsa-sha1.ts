import { RSA_SHA1 } from "./description.js";
import { type RsaMethod, rsaMethod } from "./rsa.js";

/**
 * RSA-SHA1: RSASSA-PKCS1-v1_5 with SHA-1, using Web Crypto. Asynchronous, on every platform.
 *
 * @see RFC 5849 §3.4.3, RFC 8017 §8.2
 */
export const rsaSha1: RsaMethod = /* @__PURE__ */ rsaMethod(RSA_SHA1);
