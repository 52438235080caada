import type { ProblemCode } from "@oauth1/auth-header";

/**
 * The reasons why a request is rejected: the codes of the OAuth Problem Reporting extension that
 * concern a request's signature, which the client receives, and three of this package, for which
 * the client receives only the status.
 */
export type RejectionCode =
  | Exclude<
      ProblemCode,
      // The application behind the verifier decides what the token permits.
      | "additional_authorization_required"
      | "permission_unknown"
      | "permission_denied"
      | "user_refused"
    >
  /**
   * Own code: the method, the request-target, Host or a proxy's header is malformed or ambiguous.
   */
  | "request_rejected"
  /** Own code: the request exceeds a limit. */
  | "limit_exceeded"
  /** Own code: a store is unavailable or returned unusable credentials. Nothing is accepted. */
  | "store_unavailable";

/**
 * The status for a rejected request. RFC 5849 §3.2 defines 400 and 401, RFC 9110 and RFC 6585 the
 * others.
 */
export type RejectionStatus = 400 | 401 | 408 | 413 | 414 | 431 | 503;

/** The default status of each problem (RFC 5849 §3.2). */
const STATUSES: Readonly<Record<RejectionCode, RejectionStatus>> = {
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

/** Thrown by a failed check, and caught by the verifier. It never leaves this package. */
export class Problem {
  readonly code: RejectionCode;
  readonly status: RejectionStatus;
  /** A text for people. It names a place, and contains nothing of what was received. */
  readonly advice: string;
  /** The extension's companion parameter, decoded. */
  readonly companion: readonly [name: string, value: string] | undefined;
  /** The code that the client receives, unless `problemReporting` is `full`. */
  readonly told: RejectionCode;
  /** The error of a store. Never sent. */
  readonly cause: unknown;

  constructor(
    code: RejectionCode,
    advice: string,
    further: {
      readonly status?: RejectionStatus;
      readonly companion?: readonly [name: string, value: string];
      readonly told?: RejectionCode;
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
