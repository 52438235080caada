import type { Awaitable } from "./credential-store.js";

/** Remembers nonces, so that no request is accepted twice (RFC 5849 §3.3). */
export interface NonceStore {
  /**
   * Spends a nonce in one atomic operation. Called only for requests with a valid signature.
   *
   * @param nonce - The nonce and the values with which it must be unique.
   * @returns `fresh` for the first call with these four values, `used` for every later one, and
   * `stale` for a timestamp older than what the store remembers. The verifier rejects a stale
   * timestamp.
   * @throws Any error if the store is unavailable. The verifier then responds 503 and accepts
   * nothing. The error's `retryAfter`, in seconds, goes into the response.
   */
  spend(nonce: SpendableNonce): Awaitable<SpendResult>;
}

/** The result of spending a nonce. Only `fresh` is accepted. */
export type SpendResult = "fresh" | "used" | "stale";

/** A nonce and the values with which it must be unique (RFC 5849 §3.3). */
export interface SpendableNonce {
  /** The client identifier, decoded. */
  readonly client: string;
  /** The token identifier, decoded; `undefined` if the request has none. */
  readonly token: string | undefined;
  /** The timestamp, in whole seconds. */
  readonly timestamp: number;
  /** The nonce, decoded. */
  readonly nonce: string;
  /**
   * The last second in which the verifier accepts this timestamp. The store can forget the nonce
   * after it.
   */
  readonly expires: number;
}
