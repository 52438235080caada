import { sha256 } from "@noble/hashes/sha2.js";
import { aFunction, integerFrom, optional } from "@oauth1/options";
import type { SpendableNonce } from "../nonce-store.js";
import type { RulesOf } from "../require-options.js";
import { type BoundedCallsOptions, boundedCallsRules } from "./bounded-calls.js";

/** What the stores that several processes share have in common. */
export interface SharedStoreOptions extends BoundedCallsOptions {
  /**
   * Seconds by which the clocks of the processes and of the server may differ, 60 where left out:
   * nonces are remembered for so much longer.
   */
  readonly clockSkew?: number | undefined;
  /** The time in whole seconds since 1970, the same as the verifier's. The system's clock where left out. */
  readonly clock?: (() => number) | undefined;
}

export const sharedStoreRules: RulesOf<SharedStoreOptions> = {
  ...boundedCallsRules,
  clockSkew: optional(integerFrom(0)),
  clock: optional(aFunction),
};

/**
 * 128 bits of SHA-256 in place of a nonce and what it is unique across (RFC 5849 §3.3): the same in
 * every process, of one size whatever a client sends. To hit the hash of another client's nonce takes
 * 2¹²⁸ attempts. A client that finds two of its own with one hash (2⁶⁴ attempts) has one of its
 * requests refused.
 */
export function hashNonce({ client, token, timestamp, nonce }: SpendableNonce): Uint8Array {
  // JSON text can be read in one way only, and spells out a lone surrogate.
  const text = JSON.stringify([client, token ?? null, timestamp, nonce]);
  return sha256(new TextEncoder().encode(text)).subarray(0, 16);
}

/** An octet is two digits. */
export function hexadecimal(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("");
}
