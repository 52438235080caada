import type { MiddlewareHandler } from "hono";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { HttpProblem } from "./problem.js";

/** How many requests one address may send in how many seconds. Each process counts on its own. */
export interface Rate {
  readonly requests: number;
  readonly seconds: number;
}

/**
 * Refuses with 429 what one address sends beyond the rate.
 *
 * @param addressOf - The address of the peer; requests of unknown address share one count.
 * @param retryAfter - What `Retry-After` says, in seconds. The rest of the window where left out.
 */
export function limitRate(
  { requests, seconds }: Rate,
  addressOf: (request: Request, environment: unknown) => string | undefined,
  retryAfter?: number,
): MiddlewareHandler {
  const limiter = new RateLimiterMemory({ points: requests, duration: seconds });
  return async (context, next) => {
    try {
      await limiter.consume(addressOf(context.req.raw, context.env) ?? "unknown");
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const wait = retryAfter ?? Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw new HttpProblem(429, "too_many_requests", `too many requests; retry in ${wait} s`, {
        headers: { "Retry-After": `${wait}` },
      });
    }
    await next();
  };
}
