/**
 * The hash functions under the methods, for tools that need more of them than the methods offer: to
 * try the keys that a faulty signer may have used.
 *
 * @module
 */

import { sha1 } from "#sha1";
import { sha256 } from "#sha256";
import { sha512 } from "#sha512";
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
export const hashFunctions: Readonly<Record<"SHA-1" | "SHA-256" | "SHA-512", HashFunction>> = {
  "SHA-1": sha1,
  "SHA-256": sha256,
  "SHA-512": sha512,
};
