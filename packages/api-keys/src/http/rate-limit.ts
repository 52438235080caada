import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { HttpProblem } from "./problem.js";

/** How many requests one source may send in how many seconds. Each process counts on its own. */
export interface Rate {
  readonly requests: number;
  readonly seconds: number;
}

/**
 * Rejects with 429 what one source sends beyond the rate.
 *
 * @param retryAfter - What `Retry-After` says, in seconds. The default is the rest of the window.
 * @returns Counts a request of a source. It throws the 429.
 */
export function limitRate(
  { requests, seconds }: Rate,
  retryAfter?: number,
): (source: string) => Promise<void> {
  const limiter = new RateLimiterMemory({ points: requests, duration: seconds });
  return async (source) => {
    try {
      await limiter.consume(source);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const wait = retryAfter ?? Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw new HttpProblem(429, "too_many_requests", `too many requests; retry in ${wait} s`, {
        headers: { "Retry-After": `${wait}` },
      });
    }
  };
}
