/** The reasons why a nonce store cannot answer. */
export type NonceStoreErrorCode =
  /** The memory store is full, and none of its nonces has expired. */
  | "ERR_NONCES_FULL"
  /** The client has used up its share of the memory store, which has space for others. */
  | "ERR_NONCES_SHARE"
  /** The server did not answer in time. */
  | "ERR_NONCES_TIMEOUT"
  /** Too many calls are waiting for the server. */
  | "ERR_NONCES_BUSY"
  /** The nonce is written, but too few replicas confirmed it in time. */
  | "ERR_NONCES_REPLICAS"
  /** The server's answer was unexpected. */
  | "ERR_NONCES_ANSWER";

/** Thrown by a nonce store that cannot answer. The verifier then accepts nothing. */
export class NonceStoreError extends Error {
  override readonly name = "NonceStoreError";
  /** A stable code that identifies the problem. */
  readonly code: NonceStoreErrorCode;
  /** The seconds after which to retry, if known. */
  readonly retryAfter: number | undefined;

  constructor(code: NonceStoreErrorCode, message: string, retryAfter?: number) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}
