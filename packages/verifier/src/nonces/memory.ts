import { aFunction, integerFrom, optional } from "@oauth1/options";
import type { NonceStore, SpendableNonce, SpendResult } from "../nonce-store.js";
import { type RulesOf, requireOptionsOf } from "../require-options.js";
import { systemClock } from "../system-clock.js";
import { FingerprintSet } from "./fingerprint-set.js";
import { GROUPS, groupOf, keyedFingerprint } from "./keyed-fingerprint.js";
import { NonceStoreError } from "./nonce-store-error.js";

export { NonceStoreError, type NonceStoreErrorCode } from "./nonce-store-error.js";

/** Options of {@link memoryNonceStore}. */
export interface MemoryNonceStoreOptions {
  /**
   * The maximum number of nonces, at most 32 bytes each. Default: two million. One client can have
   * at most as many nonces as there is free space: a single client half of the capacity, each of
   * two busy clients a third. A client that reaches its share gets 503, and others continue.
   */
  readonly capacity?: number | undefined;
  /**
   * The first timestamp that it accepts, in seconds. The store cannot know what another process
   * accepted before it was created. Default: the second of its creation. An earlier request of a
   * client whose clock runs ahead can then be replayed. To reject these too, use the current time
   * plus the verifier's tolerance, which rejects every request for that long. `0` accepts every
   * timestamp.
   */
  readonly since?: number | undefined;
  /**
   * Returns the time in whole seconds since 1970, like the verifier's clock. Default: the system
   * clock.
   */
  readonly clock?: (() => number) | undefined;
}

/** Nonces in the memory of one process. */
export interface MemoryNonceStore extends NonceStore {
  /** The number of nonces that it contains. */
  readonly size: number;
  /**
   * Spends a nonce, at once.
   *
   * @throws {@link NonceStoreError} `ERR_NONCES_SHARE` if the client has reached its share,
   * `ERR_NONCES_FULL` at the capacity.
   */
  spend(nonce: SpendableNonce): SpendResult;
}

const RULES: RulesOf<MemoryNonceStoreOptions> = {
  capacity: optional(integerFrom(1)),
  since: optional(integerFrom(0)),
  clock: optional(aFunction),
};

/** The seconds of timestamps that are remembered and forgotten together. */
const BUCKET_SECONDS = 8;

/**
 * Remembers nonces in this process, for as long as their timestamps are accepted (RFC 5849 §3.3).
 *
 * It stores a 128-bit fingerprint of each nonce, with a random key. A spent nonce is never `fresh`
 * again. An unspent nonce is `used` if it has the same fingerprint as another of the same client
 * within eight seconds. With *n* such nonces this happens once in 2¹¹² / *n* requests.
 *
 * @param options - Capacity, start and clock.
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
  /** The number of nonces by client group. */
  const held = new Int32Array(GROUPS);
  /** Everything from this timestamp on is remembered. */
  let since = options.since ?? clock();
  /** The longest time for which a verifier accepts a timestamp afterwards. */
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
        ? `the nonce store is full, with ${size} nonces: raise capacity`
        : "the client has used up its share of the nonce store",
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
