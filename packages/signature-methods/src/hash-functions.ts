/**
 * The hash functions under the methods, for tools that need more of them than the methods offer: to
 * try the keys that a faulty signer may have used.
 *
 * @module
 */

import { sha1, sha256, sha512 } from "#hashes";
import type { HashName } from "./description.js";
import type { HashFunction } from "./hash/hash-function.js";

export type { HashFunction } from "./hash/hash-function.js";

/**
 * The hash functions by the names that Web Crypto gives them. Synchronous on every platform.
 *
 * @see RFC 5849 §3.4.2, RFC 2104
 *
 * @example
 * ```ts
 * hashFunctions["SHA-1"].prepareHmac("cs&ts")("bs"); // "VZVjXceV7JgPq/dOTnNmEfO0Fv8="
 * ```
 */
export const hashFunctions: Readonly<Record<HashName, HashFunction>> = {
  "SHA-1": sha1,
  "SHA-256": sha256,
  "SHA-512": sha512,
};
