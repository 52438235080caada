/**
 * The hash functions of the methods, for tools that need more than the methods offer, for
 * example to try the keys that a faulty signer may have used.
 *
 * @module
 */

import { sha1, sha256, sha512 } from "#hashes";
import type { HashName } from "./description.js";
import type { HashFunction } from "./hash/hash-function.js";

export type { HashFunction } from "./hash/hash-function.js";

/**
 * The hash functions by their Web Crypto names. Synchronous on every platform.
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
