/** The reasons why a nonce store cannot answer. */
export type NonceStoreErrorCode =
  /**
   * The memory store is full, and none of its nonces has expired. Remedy: raise `capacity`, or
   * use Redis or PostgreSQL.
   */
  | "ERR_NONCES_FULL"
  /**
   * The client has used up its share of the memory store, which has space for others. Remedy:
   * limit the rate of this client, or raise `capacity`.
   */
  | "ERR_NONCES_SHARE"
  /**
   * The server did not answer in time. Remedy: check the server and the network; raise `timeout`
   * if it is always this slow.
   */
  | "ERR_NONCES_TIMEOUT"
  /**
   * Too many calls are waiting for the server. Remedy: check the server and the network, or limit
   * the rate of requests.
   */
  | "ERR_NONCES_BUSY"
  /**
   * The nonce is written, but too few replicas confirmed it in time. Remedy: check the replicas of
   * Redis and their delay, or set `replicas` to the number that each master has.
   */
  | "ERR_NONCES_REPLICAS"
  /**
   * The server's answer was unexpected. Remedy: check that the store is given a client of a
   * supported library, and a server of a supported kind.
   */
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
