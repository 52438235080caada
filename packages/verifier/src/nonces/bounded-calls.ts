import { integerFrom, optional } from "@oauth1/options";
import type { RulesOf } from "../require-options.js";
import { NonceStoreError } from "./nonce-store-error.js";

/** How long a store waits for its server, and how many calls may wait at once. */
export interface BoundedCallsOptions {
  /** Milliseconds that one call may take, 1000 where left out. After them, the call has failed. */
  readonly timeout?: number | undefined;
  /**
   * The most calls that may wait at once, 10,000 where left out: a client library that keeps what it
   * cannot send while the server is down would otherwise fill the memory.
   */
  readonly maxPending?: number | undefined;
}

export const boundedCallsRules: RulesOf<BoundedCallsOptions> = {
  timeout: optional(integerFrom(1)),
  maxPending: optional(integerFrom(1)),
};

/**
 * Makes calls to a server that neither one nor many of them can wait for without end.
 *
 * A call that timed out counts as pending until the library gives it up, and may still reach the
 * server: its nonce is then spent for nobody.
 */
export function boundedCalls({
  timeout = 1000,
  maxPending = 10_000,
}: BoundedCallsOptions): <Answer>(call: () => Promise<Answer>) => Promise<Answer> {
  let pending = 0;

  return async (call) => {
    if (pending >= maxPending) {
      throw new NonceStoreError("ERR_NONCES_BUSY", `${pending} calls wait for the server`);
    }
    pending++;
    const answer = (async () => await call())().finally(() => pending--);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new NonceStoreError("ERR_NONCES_TIMEOUT", `no answer within ${timeout} milliseconds`),
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
