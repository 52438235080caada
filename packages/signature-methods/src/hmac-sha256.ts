import { sha256 } from "#hashes";
import { HMAC_SHA256 } from "./description.js";
import { hmacMethod } from "./hmac.js";
import type { SignatureMethod } from "./signature-method.js";

/**
 * HMAC-SHA256 with the client and token shared-secrets, like HMAC-SHA1. Synchronous.
 *
 * The RFC leaves additional methods to the server (§3.4). NetSuite and WooCommerce support this
 * one.
 *
 * @see RFC 5849 §3.4.2, RFC 2104
 */
export const hmacSha256: SignatureMethod = /* @__PURE__ */ hmacMethod(HMAC_SHA256, sha256);
