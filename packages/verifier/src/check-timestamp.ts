import type { KnownLimits } from "./limits.js";
import type { NamedParameters } from "./named-parameters.js";
import { Problem } from "./problem.js";
import { rejected } from "./received-parameters.js";

/** The nonce and timestamp to spend after the signature is verified. */
export interface Spendable {
  /** In whole seconds. */
  readonly timestamp: number;
  /** The last second in which the timestamp is acceptable. */
  readonly expires: number;
  readonly nonce: string;
}

/**
 * Checks that the timestamp is a positive integer within the tolerance, and the length of the nonce
 * (RFC 5849 §3.3). With a method that does not require them, either can be missing, and then
 * nothing is spent.
 */
export function checkTimestamp(
  { timestamp: text, nonce }: NamedParameters,
  { tolerance, now, limits }: { tolerance: number; now: number; limits: KnownLimits },
): Spendable | undefined {
  const timestamp = /^[1-9]\d{0,14}$/.test(text ?? "") ? Number(text) : Number.NaN;
  if (text !== undefined && !(Math.abs(timestamp - now) <= tolerance)) {
    throw new Problem(
      "timestamp_refused",
      Number.isNaN(timestamp)
        ? "oauth_timestamp must be a positive integer"
        : `oauth_timestamp is too far in the ${timestamp < now ? "past" : "future"}: check the client's clock`,
      { companion: ["oauth_acceptable_timestamps", `${now - tolerance}-${now + tolerance}`] },
    );
  }
  if (nonce === "" || (nonce !== undefined && nonce.length > limits.nonce)) {
    throw rejected(
      `oauth_nonce must not be ${nonce === "" ? "empty" : "longer than limits.nonce"}`,
      [["oauth_nonce", nonce]],
    );
  }
  if (text === undefined || nonce === undefined) return undefined;
  return { timestamp, expires: timestamp + tolerance, nonce };
}
