import type { Awaitable } from "./credential-store.js";

/** Remembers nonces, so that no request is accepted twice (RFC 5849 §3.3). */
export interface NonceStore {
  /**
   * Spends a nonce: one atomic operation, asked only for a request whose signature is valid.
   *
   * @param nonce - The nonce and what it is unique across.
   * @returns `fresh` for the first call with these four values, `used` for every other, and `stale`
   * for a timestamp from before the time that the store remembers: it cannot tell, and the verifier
   * refuses the timestamp.
   * @throws Whatever it likes where it is down: the verifier answers 503 and accepts nothing. An
   * error's `retryAfter`, in seconds, goes into the answer.
   */
  spend(nonce: SpendableNonce): Awaitable<SpendResult>;
}

/** What became of a nonce. Only `fresh` is accepted. */
export type SpendResult = "fresh" | "used" | "stale";

/** A nonce and what it is unique across (RFC 5849 §3.3). */
export interface SpendableNonce {
  /** The client identifier, decoded. */
  readonly client: string;
  /** The token identifier, decoded; `undefined` where the request carries none. */
  readonly token: string | undefined;
  /** The timestamp, in whole seconds. */
  readonly timestamp: number;
  /** The nonce, decoded. */
  readonly nonce: string;
  /**
   * The last second in which the verifier accepts this timestamp: after it, the nonce may be
   * forgotten.
   */
  readonly expires: number;
}
