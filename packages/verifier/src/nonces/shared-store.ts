import { aFunction, integerFrom, optional } from "@oauth1/options";
import { sha256 } from "#sha256";
import type { SpendableNonce } from "../nonce-store.js";
import type { RulesOf } from "../require-options.js";
import { type BoundedCallsOptions, boundedCallsRules, DEFAULT_TIMEOUT } from "./bounded-calls.js";

/** Common options of the stores that several processes share. */
export interface SharedStoreOptions extends BoundedCallsOptions {
  /**
   * The seconds by which the clocks of the processes and the server can differ. Nonces are
   * remembered for this much longer, and for `timeout`. Default: 60.
   */
  readonly clockSkew?: number | undefined;
  /**
   * Returns the time in whole seconds since 1970, like the verifier's clock. Default: the system
   * clock.
   */
  readonly clock?: (() => number) | undefined;
}

export const sharedStoreRules: RulesOf<SharedStoreOptions> = {
  ...boundedCallsRules,
  clockSkew: optional(integerFrom(0)),
  clock: optional(aFunction),
};

/** The time by which nonces of a shared store are remembered longer than one clock requires. */
export interface Allowance {
  /** The seconds by which the clocks can differ. */
  readonly clockSkew: number;
  /**
   * The seconds for which a nonce is remembered after it expired: also while a call that was made
   * before is on its way to the server.
   */
  readonly remembered: number;
}

/** Returns the time by which nonces are remembered longer. */
export function allowanceOf({
  clockSkew = 60,
  timeout = DEFAULT_TIMEOUT,
}: SharedStoreOptions): Allowance {
  return { clockSkew, remembered: clockSkew + Math.ceil(timeout / 1000) };
}

/**
 * Returns 128 bits of SHA-256 of a nonce and the values with which it must be unique (RFC 5849
 * §3.3), as 32 hexadecimal digits: the same in every process, and of fixed size. Finding the hash of
 * another client's nonce takes 2¹²⁸ attempts. A client that finds two of its own with the same hash
 * (2⁶⁴ attempts) gets one of its requests rejected.
 */
export function hashNonce({ client, token, timestamp, nonce }: SpendableNonce): string {
  // JSON text can be read in only one way, and escapes lone surrogates.
  return sha256(JSON.stringify([client, token ?? null, timestamp, nonce])).slice(0, 32);
}
