import type { SpendableNonce } from "../nonce-store.js";

/** The time by a clock that can be set. */
export interface WatchedTime {
  /** The clock's time. */
  readonly now: number;
  /**
   * The time for decisions about what to forget: not later than the clock's, and earlier if the
   * clock was set forward a short time ago, because it can be set back.
   */
  readonly slowest: number;
}

/** A clock that notices when it is set. */
export interface WatchedClock {
  read(): WatchedTime;
  /**
   * Returns true if a store may have spent and then forgotten a nonce whose timestamp is acceptable
   * again, because the clock was set back.
   *
   * @param nonce - The nonce, which the clock's time accepts.
   * @param clockSkew - The seconds by which the clock of another process can be ahead.
   */
  mayBeForgotten(nonce: SpendableNonce, clockSkew: number): boolean;
}

/** The seconds for which a clock that was set forward is expected to be set back: once or twice. */
const DOUBT = 3600;
/** A jump of more than a day is the first setting of a clock, or the end of a long sleep. */
const LARGEST_STEP = 86_400;
/** Readings in whole seconds differ from the time by up to one. */
const RESOLUTION = 1;

/** A time from which a clock was set back. */
interface SetBack {
  /** The latest time by the clock before. */
  readonly time: number;
  /** The seconds from the monotonic time to the time by which nonces were kept before. */
  readonly offset: number;
}

/**
 * Compares a clock with the monotonic time of the process, which nobody can set.
 *
 * A nonce is kept for the seconds that remain until it expires. If the clock is then set back, its
 * timestamp is acceptable for longer than that. If the clock was set forward before, this is
 * foreseen: `slowest` continues by the old time. Otherwise `mayBeForgotten` tells which nonces can
 * no longer be distinguished from new ones.
 *
 * @param clock - Returns seconds since 1970.
 */
export function watchedClock(clock: () => number): WatchedClock {
  /** The smallest offsets from monotonic time, in this period of doubt and the one before. */
  let smallest = Number.POSITIVE_INFINITY;
  let smallestBefore = Number.POSITIVE_INFINITY;
  let periodEnd = elapsed() + DOUBT;
  /** The offset by which nonces are kept. */
  let kept = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  let setBacks: readonly SetBack[] = [];
  let tolerance = 0;

  function read(): WatchedTime {
    const now = clock();
    const monotonic = elapsed();
    const offset = now - monotonic;
    if (offset < kept - RESOLUTION && kept !== Number.POSITIVE_INFINITY) {
      // Other processes may have accepted requests until now.
      setBacks = [...setBacks, { time: Math.max(latest, monotonic + kept), offset: kept }];
    }
    latest = Math.max(latest, now);
    if (monotonic >= periodEnd) {
      smallestBefore = smallest;
      smallest = offset;
      periodEnd = monotonic + DOUBT;
    }
    smallest = Math.min(smallest, offset);
    kept = Math.max(Math.min(smallest, smallestBefore), offset - LARGEST_STEP);
    const isAhead = offset > kept + RESOLUTION;
    return { now, slowest: isAhead ? Math.floor(monotonic + kept) : now };
  }

  read();
  return {
    read,
    mayBeForgotten({ timestamp, expires }, clockSkew) {
      if (setBacks.length === 0) return false;
      tolerance = Math.max(tolerance, expires - timestamp);
      const monotonic = elapsed();
      // By the time that the next one would record, because the clock's own time can be too late.
      setBacks = setBacks.filter(
        ({ time }) => monotonic + kept <= time + clockSkew + 2 * tolerance + RESOLUTION,
      );
      return setBacks.some(
        ({ time, offset }) =>
          timestamp <= time + clockSkew + tolerance && expires <= monotonic + offset,
      );
    },
  };
}

/** The seconds since the process started. */
function elapsed(): number {
  return performance.now() / 1000;
}
