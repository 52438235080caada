import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { HttpProblem } from "./problem.js";

/**
 * The number of requests that one source may send in a time window. Each process counts separately.
 */
export interface Rate {
  readonly requests: number;
  readonly seconds: number;
}

/**
 * Limits the rate of requests.
 *
 * @param retryAfter - The value of `Retry-After`, in seconds. The default is the rest of the
 * window.
 * @returns A function that counts a request of a source, and throws a 429 problem beyond the rate.
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
