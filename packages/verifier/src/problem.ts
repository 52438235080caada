/**
 * What was wrong with a request. The codes of the OAuth Problem Reporting extension, which are told
 * to the client, and three of this package's own, which the status alone tells.
 */
export type ProblemCode =
  /** A protocol parameter is missing, or the request is not signed at all. */
  | "parameter_absent"
  /** A parameter is there twice or in two places, malformed, or has no place in this request. */
  | "parameter_rejected"
  /** `oauth_version` is there and is not `1.0`. */
  | "version_rejected"
  /** The signature method is not accepted, or would show the secrets over http. */
  | "signature_method_rejected"
  /** The timestamp is no positive integer within the tolerance. */
  | "timestamp_refused"
  /** The client identifier is not known. */
  | "consumer_key_unknown"
  /** The client is refused for now. */
  | "consumer_key_refused"
  /** The client is refused for good. */
  | "consumer_key_rejected"
  /** The token is not known, not this client's, or not acceptable. */
  | "token_rejected"
  /** The token was for one use. */
  | "token_used"
  /** The token was issued too long ago. */
  | "token_expired"
  /** The resource owner withdrew the token. */
  | "token_revoked"
  /** The signature is not that of the request, or the body hash not that of the body. */
  | "signature_invalid"
  /** The nonce was used before. */
  | "nonce_used"
  /** Own: the method, the request-target, Host or a proxy's header field is malformed or in doubt. */
  | "request_rejected"
  /** Own: something is longer, or there is more of it, than the limits allow. */
  | "limit_exceeded"
  /** Own: a store is down or gave unusable credentials. Nothing is accepted. */
  | "store_unavailable";

/** The status of a refusal. RFC 5849 §3.2 fixes 400 and 401, RFC 9110 and RFC 6585 the others. */
export type RefusalStatus = 400 | 401 | 408 | 413 | 414 | 431 | 503;

/** The status of each problem (RFC 5849 §3.2), where no other is given. */
const STATUSES: Readonly<Record<ProblemCode, RefusalStatus>> = {
  parameter_absent: 400,
  parameter_rejected: 400,
  version_rejected: 400,
  signature_method_rejected: 400,
  timestamp_refused: 401,
  consumer_key_unknown: 401,
  consumer_key_refused: 401,
  consumer_key_rejected: 401,
  token_rejected: 401,
  token_used: 401,
  token_expired: 401,
  token_revoked: 401,
  signature_invalid: 401,
  nonce_used: 401,
  request_rejected: 400,
  limit_exceeded: 413,
  store_unavailable: 503,
};

/** Thrown where a check fails, and caught by the verifier: it never leaves this package. */
export class Problem {
  readonly code: ProblemCode;
  readonly status: RefusalStatus;
  /** For a person: names a place, and holds nothing of what was received. */
  readonly advice: string;
  /** The extension's companion parameter, decoded. */
  readonly companion: readonly [name: string, value: string] | undefined;
  /** The code that the client is told, unless it is told everything. */
  readonly told: ProblemCode;
  /** What a store threw. Never sent. */
  readonly cause: unknown;

  constructor(
    code: ProblemCode,
    advice: string,
    further: {
      readonly status?: RefusalStatus;
      readonly companion?: readonly [name: string, value: string];
      readonly told?: ProblemCode;
      readonly cause?: unknown;
    } = {},
  ) {
    this.code = code;
    this.advice = advice;
    this.status = further.status ?? STATUSES[code];
    this.companion = further.companion;
    this.told = further.told ?? code;
    this.cause = further.cause;
  }
}
