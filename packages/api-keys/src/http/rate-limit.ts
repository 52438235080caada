import { createHash } from "node:crypto";
import { getTableName, lt } from "drizzle-orm";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { rateLimits } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { HttpProblem } from "./problem.js";

/** The number of requests that one source may send in a time window, to all processes together. */
export interface Rate {
  /** The name of the limit. Requests of different names are counted separately. */
  readonly name: string;
  readonly requests: number;
  readonly seconds: number;
  /** The value of `Retry-After`, in seconds. The default is the rest of the window. */
  readonly retryAfter?: number;
}

/**
 * Limits the rate of requests. They are counted in the database.
 *
 * @returns A function that counts a request of a source, and throws a 429 problem beyond the rate.
 */
export function limitRate(
  { client, database }: Installation,
  { name, requests, seconds, retryAfter }: Rate,
): (source: string) => Promise<void> {
  const limiter = new RateLimiterPostgres({
    storeClient: {
      query: ({ text, values }: { text: string; values: unknown[] }) => client.query(text, values),
    },
    storeType: "pool",
    tableName: getTableName(rateLimits),
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: name,
    points: requests,
    duration: seconds,
    // A source beyond the limit costs no statement until the window ends.
    inMemoryBlockOnConsumed: requests,
  });
  return async (source) => {
    try {
      const { isFirstInDuration } = await limiter.consume(hash(source));
      // Each new row removes the rows that have ended, so that the table does not grow.
      if (isFirstInDuration)
        await database.delete(rateLimits).where(lt(rateLimits.expire, Date.now()));
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      const wait = retryAfter ?? Math.max(1, Math.ceil(rejection.msBeforeNext / 1000));
      throw new HttpProblem(429, "too_many_requests", `too many requests; retry in ${wait} s`, {
        headers: { "Retry-After": `${wait}` },
      });
    }
  };
}

/** The database does not need to know who the sources are. */
function hash(source: string): string {
  return createHash("sha256").update(source, "utf8").digest("hex");
}
