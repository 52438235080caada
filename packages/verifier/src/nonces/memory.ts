import type { NonceStore, SpendableNonce, SpendResult } from "../nonce-store.js";
import { requireInteger } from "../require-integer.js";
import { systemClock } from "../system-clock.js";
import { FingerprintSet } from "./fingerprint-set.js";
import { keyedFingerprint } from "./keyed-fingerprint.js";
import { NonceStoreError } from "./nonce-store-error.js";

export { NonceStoreError, type NonceStoreErrorCode } from "./nonce-store-error.js";

/** How much a memory store remembers, and since when. */
export interface MemoryNonceStoreOptions {
  /**
   * The most nonces it holds at once, 32 octets each at most. One million where left out. At the
   * bound it accepts nothing until the oldest have expired.
   */
  readonly capacity?: number | undefined;
  /**
   * The first timestamp that it accepts, in seconds: what was spent before it was made, by another
   * process, it cannot know. The second in which it is made, where left out. That leaves out
   * requests whose client has a clock that runs ahead: now plus the verifier's tolerance refuses
   * these too, and for that long everybody else. `0` accepts every timestamp.
   */
  readonly since?: number | undefined;
  /** The time in whole seconds since 1970, the same as the verifier's. The system's clock where left out. */
  readonly clock?: (() => number) | undefined;
}

/** Nonces in the memory of one process. */
export interface MemoryNonceStore extends NonceStore {
  /** How many nonces it holds now. */
  readonly size: number;
  /**
   * Spends a nonce, at once.
   *
   * @throws {@link NonceStoreError} `ERR_NONCES_FULL` at the bound.
   */
  spend(nonce: SpendableNonce): SpendResult;
}

/** Timestamps of this many seconds are remembered, and forgotten, together. */
const BUCKET_SECONDS = 8;

/**
 * Remembers nonces in this process, for as long as their timestamps are accepted (RFC 5849 §3.3).
 *
 * It holds a fingerprint of 128 bits of each, under a random key. A nonce that was spent is never
 * `fresh` again. One that was not is `used` if it shares its fingerprint with another one of the
 * same eight seconds: with *n* of them, once in 2¹²⁸ / *n* requests.
 *
 * @param options - Bound, start and clock.
 * @throws RangeError where the capacity is not a positive integer.
 * @see RFC 5849 §3.3
 *
 * @example
 * ```ts
 * const nonces = memoryNonceStore({ clock: () => 137131200 });
 * const nonce = {
 *   client: "dpf43f3p2l4k3l03",
 *   token: undefined,
 *   timestamp: 137131200,
 *   nonce: "wIjqoS",
 *   expires: 137131500,
 * };
 * nonces.spend(nonce); // "fresh"
 * nonces.spend(nonce); // "used"
 * nonces.spend({ ...nonce, timestamp: 137131199 }); // "stale"
 * ```
 */
export function memoryNonceStore(options: MemoryNonceStoreOptions = {}): MemoryNonceStore {
  const { capacity = 1_000_000, clock = systemClock } = options;
  requireInteger(capacity, "capacity");
  const fingerprintOf = keyedFingerprint();
  const buckets = new Map<number, FingerprintSet>();
  let size = 0;
  /** All from this timestamp on is remembered. */
  let since = options.since ?? clock();
  /** The longest that a verifier accepts a timestamp after its time. */
  let tolerance = 0;

  function forget(now: number): void {
    const first = bucketOf(now - tolerance);
    if (first * BUCKET_SECONDS <= since) return;
    since = first * BUCKET_SECONDS;
    for (const [number, bucket] of buckets) {
      if (number >= first) continue;
      buckets.delete(number);
      size -= bucket.size;
    }
  }

  function refuse(now: number): never {
    const oldest = Math.min(...buckets.keys());
    throw new NonceStoreError(
      "ERR_NONCES_FULL",
      `${size} nonces are held, as many as the capacity allows`,
      Math.max(1, (oldest + 1) * BUCKET_SECONDS + tolerance - now),
    );
  }

  return {
    get size() {
      return size;
    },
    spend(nonce) {
      const now = clock();
      tolerance = Math.max(tolerance, nonce.expires - nonce.timestamp);
      forget(now);
      if (nonce.timestamp < since) return "stale";
      const fingerprint = fingerprintOf(nonce);
      const number = bucketOf(nonce.timestamp);
      let bucket = buckets.get(number);
      if (bucket?.has(fingerprint)) return "used";
      if (size >= capacity) refuse(now);
      if (bucket === undefined) {
        bucket = new FingerprintSet();
        buckets.set(number, bucket);
      }
      bucket.add(fingerprint);
      size++;
      return "fresh";
    },
  };
}

function bucketOf(timestamp: number): number {
  return Math.floor(timestamp / BUCKET_SECONDS);
}
