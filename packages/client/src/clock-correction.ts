/** Corrections of the clock, one for each origin that showed another time. */
export interface ClockCorrection {
  /** Whole seconds to add to the signer's clock. */
  offset(origin: string): number;
  /** Whether the answer shows that the timestamp was refused, and the clock is now corrected. */
  learn(origin: string, sent: SentTimestamp, answer: Answer): boolean;
}

/** A timestamp as it was sent. */
export interface SentTimestamp {
  /** `oauth_timestamp`, in seconds. */
  readonly timestamp: number;
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

/**
 * Remembers how far the signer's clock is from that of each server.
 *
 * The server's time is its `Date`, or the middle of `oauth_acceptable_timestamps` where that is all
 * there is, or where the two disagree (Problem Reporting extension).
 */
export function clockCorrection(): ClockCorrection {
  const offsets = new Map<string, number>();
  const offset = (origin: string) => offsets.get(origin) ?? 0;
  return {
    offset,
    learn(origin, { timestamp, at }, { status, date, problem }) {
      if (!mayRefuseTimestamp(status)) return false;
      const named = /\boauth_problem=["']?(\w+)/.exec(problem)?.[1];
      if (named === undefined ? status !== 401 : named !== "timestamp_refused") return false;
      const now = serverTime(date, problem);
      if (now === undefined) return false;
      const error = Math.round(now - timestamp - (Date.now() - at) / 1000);
      if (Math.abs(error) < (named === undefined ? FAR_OFF : 1)) return false;
      offsets.set(origin, offset(origin) + error);
      return true;
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
