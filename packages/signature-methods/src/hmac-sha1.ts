import { hmacSha1 as prepare } from "@oauth1/hmac-sha1";
import type { SignatureMethod } from "./signature-method.js";

/**
 * HMAC-SHA1 by the client and token shared-secrets.
 *
 * @see RFC 5849 §3.4.2
 *
 * @example
 * ```ts
 * hmacSha1.name; // "HMAC-SHA1"
 * hmacSha1.prepare({ clientSharedSecret: "cs" }).sign("bs"); // "egQqG5AJep5sJ7anhXju1unge2I="
 * ```
 */
export const hmacSha1: SignatureMethod = { name: "HMAC-SHA1", prepare };
