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

export const DEFAULT_TIMEOUT = 1000;

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
  timeout = DEFAULT_TIMEOUT,
  maxPending = 10_000,
}: BoundedCallsOptions): <Answer>(call: () => Promise<Answer>) => Promise<Answer> {
  let pending = 0;

  return (call) => {
    if (pending >= maxPending) {
      return Promise.reject(
        new NonceStoreError(
          "ERR_NONCES_BUSY",
          `too many calls are waiting for the server (${pending})`,
        ),
      );
    }
    pending++;
    // One promise a call: each further one would cost a tenth of what the client library needs.
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () =>
          reject(
            new NonceStoreError(
              "ERR_NONCES_TIMEOUT",
              `the server did not respond within ${timeout} milliseconds`,
            ),
          ),
        timeout,
      );
      const settled = (): void => {
        pending--;
        clearTimeout(timer);
      };
      const fail = (error: unknown): void => {
        settled();
        reject(error);
      };
      try {
        Promise.resolve(call()).then((answer) => {
          settled();
          resolve(answer);
        }, fail);
      } catch (error) {
        fail(error);
      }
    });
  };
}
