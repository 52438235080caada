import type { ProblemCode } from "@oauth1/auth-header";

/**
 * Why a request is rejected: the codes of the OAuth Problem Reporting extension that concern a
 * request's signature, which are told to the client, and three of this package's own, which the status
 * alone tells.
 */
export type RefusalCode =
  | Exclude<
      ProblemCode,
      // What the token permits is for the application behind the verifier to say.
      | "additional_authorization_required"
      | "permission_unknown"
      | "permission_denied"
      | "user_refused"
    >
  /** Own: the method, the request-target, Host or a proxy's header field is malformed or in doubt. */
  | "request_rejected"
  /** Own: something is longer, or there is more of it, than the limits allow. */
  | "limit_exceeded"
  /** Own: a store is down or gave unusable credentials. Nothing is accepted. */
  | "store_unavailable";

/** The status of a refusal. RFC 5849 §3.2 fixes 400 and 401, RFC 9110 and RFC 6585 the others. */
export type RefusalStatus = 400 | 401 | 408 | 413 | 414 | 431 | 503;

/** The status of each problem (RFC 5849 §3.2), where no other is given. */
const STATUSES: Readonly<Record<RefusalCode, RefusalStatus>> = {
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
  readonly code: RefusalCode;
  readonly status: RefusalStatus;
  /** For a person: names a place, and holds nothing of what was received. */
  readonly advice: string;
  /** The extension's companion parameter, decoded. */
  readonly companion: readonly [name: string, value: string] | undefined;
  /** The code that the client is told, unless it is told everything. */
  readonly told: RefusalCode;
  /** What a store threw. Never sent. */
  readonly cause: unknown;

  constructor(
    code: RefusalCode,
    advice: string,
    further: {
      readonly status?: RefusalStatus;
      readonly companion?: readonly [name: string, value: string];
      readonly told?: RefusalCode;
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
