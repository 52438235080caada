/** Corrections of the clock, one for each origin that showed another time. */
export interface ClockCorrection {
  /** Whole seconds to add to the signer's clock. */
  offset(origin: string): number;
  /**
   * Reads an answer.
   *
   * @returns `undefined` unless it shows that the timestamp was refused, and the clock is now
   * corrected. Otherwise, what takes the correction back where it did not help.
   */
  learn(origin: string, sent: SentTimestamp, answer: Answer): (() => void) | undefined;
}

/** A timestamp as it was sent. */
export interface SentTimestamp {
  /** `oauth_timestamp`, in seconds. */
  readonly timestamp: number;
  /** The offset that is in it, in seconds. */
  readonly offset: number;
  /** When it was made by this machine's clock, in milliseconds. */
  readonly at: number;
}

/** What of an answer tells of the clock. */
export interface Answer {
  readonly status: number;
  readonly date: string | null | undefined;
  /** `WWW-Authenticate`, and the start of the body where problems are reported there. */
  readonly problem: string;
}

/** From how far off a clock is wrong where the server names no problem, in seconds. */
const FAR_OFF = 60;

/** A correction is forgotten after so long, in milliseconds: clocks are set right in the meantime. */
const KEPT_FOR = 3_600_000;

/** A day, in seconds. */
export const DEFAULT_MAXIMUM_CORRECTION = 86_400;

/**
 * Remembers how far the signer's clock is from that of each server.
 *
 * The server's time is its `Date`, or the middle of `oauth_acceptable_timestamps` where that is all
 * there is, or where the two disagree (Problem Reporting extension).
 *
 * @param maximum - Seconds by which a clock may be wrong. A server that tells another time is not
 * believed: with its time, no request to it would ever be right.
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
      if (!mayRefuseTimestamp(status)) return undefined;
      const named = /\boauth_problem=["']?(\w+)/.exec(problem)?.[1];
      if (named === undefined ? status !== 401 : named !== "timestamp_refused") return undefined;
      const now = serverTime(date, problem);
      if (now === undefined) return undefined;
      const error = Math.round(now - timestamp - (Date.now() - at) / 1000);
      if (Math.abs(error) < (named === undefined ? FAR_OFF : 1)) return undefined;
      // What this request was off, and not what others have learned in the meantime.
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

/** Whether an answer of this status can be about the timestamp (RFC 5849 §3.2). */
export function mayRefuseTimestamp(status: number): boolean {
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
