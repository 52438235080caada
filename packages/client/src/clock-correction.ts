/** Corrections of the clock, by origin. */
export interface ClockCorrection {
  /** Returns the whole seconds to add to the signer's clock. */
  offset(origin: string): number;
  /**
   * Reads a response.
   *
   * @returns A function that withdraws the correction, if the response shows that the timestamp was
   * rejected and the clock is now corrected. Otherwise `undefined`.
   */
  learn(origin: string, sent: SentTimestamp, answer: Answer): (() => void) | undefined;
}

/** A timestamp as it was sent. */
export interface SentTimestamp {
  /** `oauth_timestamp`, in seconds. */
  readonly timestamp: number;
  /** The offset that it includes, in seconds. */
  readonly offset: number;
  /** The time when it was made by this machine's clock, in milliseconds. */
  readonly at: number;
}

/** The parts of a response that tell about the clock. */
export interface Answer {
  readonly status: number;
  readonly date: string | null | undefined;
  /** `WWW-Authenticate`, and the start of the body, where some servers report problems. */
  readonly problem: string;
}

/** If the server names no problem, the clock is corrected from this difference on, in seconds. */
const FAR_OFF = 60;

/** The lifetime of a correction, in milliseconds, because the machine's clock may be set right. */
const KEPT_FOR = 3_600_000;

/** One day, in seconds. */
export const DEFAULT_MAXIMUM_CORRECTION = 86_400;

/**
 * Remembers the difference between the signer's clock and that of each server.
 *
 * The server's time is its `Date`, or the middle of `oauth_acceptable_timestamps` if there is no
 * `Date` or the two disagree (Problem Reporting extension).
 *
 * @param maximum - The largest correction, in seconds. A server whose time differs more is not
 * believed.
 */
export function clockCorrection(maximum: number = DEFAULT_MAXIMUM_CORRECTION): ClockCorrection {
  const corrections = new Map<string, { readonly offset: number; readonly until: number }>();
  const inForce = (origin: string) => {
    const known = corrections.get(origin);
    return known !== undefined && performance.now() < known.until ? known : undefined;
  };
  return {
    offset: (origin) => inForce(origin)?.offset ?? 0,
    learn(origin, { timestamp, offset, at }, { status, date, problem }) {
      if (!mayRejectTimestamp(status)) return undefined;
      const named = /\boauth_problem=["']?(\w+)/.exec(problem)?.[1];
      if (named === undefined ? status !== 401 : named !== "timestamp_refused") return undefined;
      const now = serverTime(date, problem);
      if (now === undefined) return undefined;
      const error = Math.round(now - timestamp - (Date.now() - at) / 1000);
      if (Math.abs(error) < (named === undefined ? FAR_OFF : 1)) return undefined;
      // Corrects by what this request was off, not by what other requests have learned since.
      const corrected = offset + error;
      if (Math.abs(corrected) > maximum) return undefined;
      const before = inForce(origin);
      const correction = { offset: corrected, until: performance.now() + KEPT_FOR };
      corrections.set(origin, correction);
      return () => {
        if (corrections.get(origin) !== correction) return;
        if (before === undefined) corrections.delete(origin);
        else corrections.set(origin, before);
      };
    },
  };
}

/** Returns true if a response with this status can be about the timestamp (RFC 5849 §3.2). */
export function mayRejectTimestamp(status: number): boolean {
  return status === 400 || status === 401;
}

/** In seconds. */
function serverTime(date: string | null | undefined, problem: string): number | undefined {
  const told = Date.parse(date ?? "") / 1000;
  const range = /\boauth_acceptable_timestamps=["']?(\d{1,12})-(\d{1,12})\b/.exec(problem);
  if (range === null) return Number.isNaN(told) ? undefined : told;
  const [from, to] = [Number(range[1]), Number(range[2])];
  return told >= from && told <= to ? told : (from + to) / 2;
}
