import { channel, warn } from "#diagnostics-channel";
import type { RejectionCode } from "../problem.js";
import type { RejectedRequest, VerifiedRequest } from "../verification.js";

/** The number of requests verified, and rejected for each problem. */
export interface Counts {
  verified: number;
  rejected: Partial<Record<RejectionCode, number>>;
}

/**
 * The message on the channels `oauth1:verifier:verified` and `oauth1:verifier:rejected` of
 * `node:diagnostics_channel`, if the platform has it.
 */
export interface VerificationEvent {
  readonly verification: VerifiedRequest | RejectedRequest;
  /** The duration of the verification, including stores and body. */
  readonly milliseconds: number;
}

/** Counts verifications, and publishes them to subscribers. */
export interface Observer {
  readonly counts: Counts;
  /** Returns the time at which a verification begins, or `undefined` if nobody observes it. */
  start(): number | undefined;
  verified(verification: VerifiedRequest, start: number | undefined): void;
  rejected(verification: RejectedRequest, start: number | undefined): void;
}

const verifiedChannel = channel("oauth1:verifier:verified");
const rejectedChannel = channel("oauth1:verifier:rejected");

/** Creates the observer of one verifier. */
export function createObserver(): Observer {
  const counts: Counts = { verified: 0, rejected: {} };
  const warnOf = prepareWarning();
  return {
    counts,
    start: () =>
      verifiedChannel.hasSubscribers || rejectedChannel.hasSubscribers
        ? performance.now()
        : undefined,
    verified(verification, start) {
      counts.verified++;
      publish(verifiedChannel, verification, start);
    },
    rejected(verification, start) {
      const { problem } = verification;
      counts.rejected[problem] = (counts.rejected[problem] ?? 0) + 1;
      if ("cause" in verification && !rejectedChannel.hasSubscribers) warnOf(verification.cause);
      publish(rejectedChannel, verification, start);
    },
  };
}

function publish(
  to: typeof verifiedChannel,
  verification: VerificationEvent["verification"],
  start: number | undefined,
): void {
  if (start === undefined || !to.hasSubscribers) return;
  const event: VerificationEvent = { verification, milliseconds: performance.now() - start };
  to.publish(event);
}

const WARNED_AGAIN_AFTER = 60_000; // milliseconds

/**
 * Without subscribers, the reason why the server cannot verify is logged as a warning, at most once
 * a minute.
 */
function prepareWarning(): (cause: unknown) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (cause) => {
    const now = performance.now();
    if (now < last + WARNED_AGAIN_AFTER) return;
    last = now;
    warn(`@oauth1/verifier responds 503: ${String(cause)}`);
  };
}
