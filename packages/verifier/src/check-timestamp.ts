import type { KnownLimits } from "./limits.js";
import { Problem } from "./problem.js";
import { type ReceivedParameters, rejected } from "./received-parameters.js";

/** What is spent once the signature is valid. */
export interface Spendable {
  /** In whole seconds. */
  readonly timestamp: number;
  /** The last second in which the timestamp is acceptable. */
  readonly expires: number;
  readonly nonce: string;
}

/**
 * Checks the timestamp, a positive integer within the tolerance, and the nonce's length (RFC 5849
 * §3.3). A method that does not require them lets either be missing: then nothing is spent.
 */
export function checkTimestamp(
  { byName }: ReceivedParameters,
  { tolerance, now, limits }: { tolerance: number; now: number; limits: KnownLimits },
): Spendable | undefined {
  const text = byName.get("oauth_timestamp");
  const nonce = byName.get("oauth_nonce");
  const timestamp = /^[1-9]\d{0,14}$/.test(text ?? "") ? Number(text) : Number.NaN;
  if (text !== undefined && !(Math.abs(timestamp - now) <= tolerance)) {
    throw new Problem(
      "timestamp_refused",
      Number.isNaN(timestamp)
        ? "oauth_timestamp is no positive integer"
        : `oauth_timestamp is ${timestamp < now ? "before" : "after"} what is acceptable`,
      { companion: ["oauth_acceptable_timestamps", `${now - tolerance}-${now + tolerance}`] },
    );
  }
  if (nonce === "" || (nonce !== undefined && nonce.length > limits.nonce)) {
    throw rejected(`oauth_nonce is ${nonce === "" ? "empty" : "too long"}`, [
      ["oauth_nonce", nonce],
    ]);
  }
  if (text === undefined || nonce === undefined) return undefined;
  return { timestamp, expires: timestamp + tolerance, nonce };
}
