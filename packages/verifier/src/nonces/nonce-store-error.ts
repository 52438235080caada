/** Why a nonce store cannot answer. */
export type NonceStoreErrorCode =
  /** The memory store holds as many nonces as it may, none of them expired. */
  | "ERR_NONCES_FULL"
  /** The client holds its share of the memory store, which has room for others. */
  | "ERR_NONCES_SHARE"
  /** The server did not answer in time. */
  | "ERR_NONCES_TIMEOUT"
  /** As many calls wait for the server as may. */
  | "ERR_NONCES_BUSY"
  /** The server answered something else than it should. */
  | "ERR_NONCES_ANSWER";

/** Thrown by a nonce store that cannot answer. The verifier then accepts nothing. */
export class NonceStoreError extends Error {
  override readonly name = "NonceStoreError";
  /** What is wrong. Stable, to switch on. */
  readonly code: NonceStoreErrorCode;
  /** In how many seconds it is worth asking again, where that is known. */
  readonly retryAfter: number | undefined;

  constructor(code: NonceStoreErrorCode, message: string, retryAfter?: number) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}
