import { sha512 } from "#hashes";
import { HMAC_SHA512 } from "./description.js";
import { hmacMethod } from "./hmac.js";
import type { SignatureMethod } from "./signature-method.js";

/**
 * HMAC-SHA512 with the client and token shared-secrets, like HMAC-SHA1. Synchronous.
 *
 * @see RFC 5849 §3.4.2, RFC 2104
 */
export const hmacSha512: SignatureMethod = /* @__PURE__ */ hmacMethod(HMAC_SHA512, sha512);
