import type { KnownLimits } from "./limits.js";
import { Problem } from "./problem.js";
import { type ReceivedParameters, rejected } from "./received-parameters.js";

/** An acceptable timestamp, in whole seconds. */
export interface TimestampWindow {
  readonly timestamp: number;
  /** The last second in which it is acceptable. */
  readonly expires: number;
}

/**
 * Checks the timestamp, a positive integer within the tolerance, and the nonce's length (RFC 5849
 * §3.3). Both may be missing with PLAINTEXT: then there is nothing to check and nothing to spend.
 */
export function checkTimestamp(
  { byName }: ReceivedParameters,
  { tolerance, now, limits }: { tolerance: number; now: number; limits: KnownLimits },
): TimestampWindow | undefined {
  const text = byName.get("oauth_timestamp");
  const nonce = byName.get("oauth_nonce");
  if (text === undefined || nonce === undefined) return undefined;
  const timestamp = /^[1-9]\d{0,14}$/.test(text) ? Number(text) : Number.NaN;
  if (!(Math.abs(timestamp - now) <= tolerance)) {
    throw new Problem(
      "timestamp_refused",
      Number.isNaN(timestamp)
        ? "oauth_timestamp is no positive integer"
        : `oauth_timestamp is ${timestamp < now ? "before" : "after"} what is acceptable`,
      { companion: ["oauth_acceptable_timestamps", `${now - tolerance}-${now + tolerance}`] },
    );
  }
  if (nonce === "" || nonce.length > limits.nonce) {
    throw rejected(`oauth_nonce is ${nonce === "" ? "empty" : "too long"}`, [
      ["oauth_nonce", nonce],
    ]);
  }
  return { timestamp, expires: timestamp + tolerance };
}
