import { aFunction, integerFrom, optional } from "@oauth1/options";
import type { NonceStore, SpendableNonce, SpendResult } from "../nonce-store.js";
import { type RulesOf, requireOptionsOf } from "../require-options.js";
import { systemClock } from "../system-clock.js";
import { FingerprintSet } from "./fingerprint-set.js";
import { GROUPS, groupOf, keyedFingerprint } from "./keyed-fingerprint.js";
import { NonceStoreError } from "./nonce-store-error.js";

export { NonceStoreError, type NonceStoreErrorCode } from "./nonce-store-error.js";

/** How much a memory store remembers, and since when. */
export interface MemoryNonceStoreOptions {
  /**
   * The most nonces it holds at once, 32 bytes each at most. Two million by default. A client may
   * hold at most as many as there is still room for: the only client half of them, one of two busy
   * clients a third. At its share a client is answered 503, and the others go on.
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
   * @throws {@link NonceStoreError} `ERR_NONCES_SHARE` at the client's share, `ERR_NONCES_FULL` at
   * the bound.
   */
  spend(nonce: SpendableNonce): SpendResult;
}

const RULES: RulesOf<MemoryNonceStoreOptions> = {
  capacity: optional(integerFrom(1)),
  since: optional(integerFrom(0)),
  clock: optional(aFunction),
};

/** Timestamps of this many seconds are remembered, and forgotten, together. */
const BUCKET_SECONDS = 8;

/**
 * Remembers nonces in this process, for as long as their timestamps are accepted (RFC 5849 §3.3).
 *
 * It holds a fingerprint of 128 bits of each, under a random key. A nonce that was spent is never
 * `fresh` again. One that was not is `used` if it shares its fingerprint with another one of the
 * same client and eight seconds: with *n* of them, once in 2¹¹² / *n* requests.
 *
 * @param options - Bound, start and clock.
 * @throws VerifierError `ERR_VERIFIER_OPTION`
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
  requireOptionsOf("memoryNonceStore", options, RULES);
  const { capacity = 2_000_000, clock = systemClock } = options;
  const fingerprintOf = keyedFingerprint();
  const buckets = new Map<number, FingerprintSet>();
  let size = 0;
  /** How many of them each client holds. */
  const held = new Int32Array(GROUPS);
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
      bucket.forEachThirdWord((word) => {
        held[groupOf(word)] = (held[groupOf(word)] as number) - 1;
      });
    }
  }

  function noRoom(code: "ERR_NONCES_SHARE" | "ERR_NONCES_FULL", now: number): NonceStoreError {
    const oldest = Math.min(...buckets.keys());
    return new NonceStoreError(
      code,
      code === "ERR_NONCES_FULL"
        ? `${size} nonces are held, as many as the capacity allows`
        : "the client holds as many nonces as its share allows",
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
      const room = capacity - size;
      if (room <= 0) throw noRoom("ERR_NONCES_FULL", now);
      const group = groupOf(fingerprint[2] as number);
      const ofClient = held[group] as number;
      if (ofClient >= room) throw noRoom("ERR_NONCES_SHARE", now);
      if (bucket === undefined) {
        bucket = new FingerprintSet();
        buckets.set(number, bucket);
      }
      bucket.add(fingerprint);
      held[group] = ofClient + 1;
      size++;
      return "fresh";
    },
  };
}

function bucketOf(timestamp: number): number {
  return Math.floor(timestamp / BUCKET_SECONDS);
}
