import { integerFrom, optional } from "@oauth1/options";
import type { RulesOf } from "../require-options.js";
import { NonceStoreError } from "./nonce-store-error.js";

/** Limits on the calls of a store to its server. */
export interface BoundedCallsOptions {
  /** The milliseconds after which a call fails. Default: 1000. */
  readonly timeout?: number | undefined;
  /**
   * The maximum number of pending calls. Without it, a client library that queues calls while the
   * server is down would fill the memory. Default: 10,000.
   */
  readonly maxPending?: number | undefined;
}

export const boundedCallsRules: RulesOf<BoundedCallsOptions> = {
  timeout: optional(integerFrom(1)),
  maxPending: optional(integerFrom(1)),
};

/**
 * Makes calls to a server, with limits on their duration and number.
 *
 * A call that timed out counts as pending until the library gives up. It can still reach the
 * server, and its nonce is then spent without a request being accepted.
 */
export function boundedCalls({
  timeout = 1000,
  maxPending = 10_000,
}: BoundedCallsOptions): <Answer>(call: () => Promise<Answer>) => Promise<Answer> {
  let pending = 0;

  return async (call) => {
    if (pending >= maxPending) {
      throw new NonceStoreError(
        "ERR_NONCES_BUSY",
        `too many calls are waiting for the server (${pending})`,
      );
    }
    pending++;
    const answer = (async () => await call())().finally(() => pending--);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new NonceStoreError(
              "ERR_NONCES_TIMEOUT",
              `the server did not respond within ${timeout} milliseconds`,
            ),
          ),
        timeout,
      );
    });
    try {
      return await Promise.race([answer, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  };
}
