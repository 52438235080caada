/**
 * The descriptions of the methods of this package, without their code.
 *
 * @module
 */

import {
  type HashingDescription,
  type HashlessDescription,
  HMAC_SHA1,
  HMAC_SHA256,
  HMAC_SHA512,
  PLAINTEXT,
  RSA_SHA1,
  RSA_SHA256,
  RSA_SHA512,
} from "./description.js";

export type { HashingDescription, HashlessDescription, KnownMethodName } from "./description.js";

/** A method that hashes, or PLAINTEXT, which has no `hash`. */
export type KnownMethodDescription = HashingDescription | HashlessDescription;

/**
 * The descriptions of all methods: the default one first.
 *
 * @example
 * ```ts
 * methodDescriptions.find(({ name }) => name === "RSA-SHA256")?.keyType; // "rsa"
 * ```
 */
export const methodDescriptions: readonly KnownMethodDescription[] = [
  HMAC_SHA1,
  HMAC_SHA256,
  HMAC_SHA512,
  RSA_SHA1,
  RSA_SHA256,
  RSA_SHA512,
  PLAINTEXT,
];
