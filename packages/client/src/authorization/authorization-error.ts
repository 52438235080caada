import type { ProblemCode } from "@oauth1/auth-header";
import type { Toleration } from "./toleration.js";

/** What went wrong while credentials were asked for (RFC 5849 §2). */
export type AuthorizationErrorCode =
  /** An option is wrong, or the request cannot be signed: `cause` is the signer's error then. */
  | "ERR_AUTHORIZATION_OPTION"
  /** The server was not reached, or did not answer. */
  | "ERR_NO_ANSWER"
  /** The URL is not `https`, and the answer would hold credentials that anyone can read (§2.1). */
  | "ERR_AUTHORIZATION_NOT_HTTPS"
  /** The server refused. The error is a {@link ProviderError}. */
  | "ERR_PROVIDER"
  /** The server sends the client elsewhere. A signed request is not sent to another place. */
  | "ERR_REDIRECT"
  /** The answer is longer than `maximumResponseOctets`. */
  | "ERR_RESPONSE_TOO_LARGE"
  /** The answer is no form, or can be read in more than one way. */
  | "ERR_RESPONSE_MALFORMED"
  /** The answer lacks a parameter that the RFC demands, or the parameter is empty. */
  | "ERR_RESPONSE_PARAMETER_ABSENT"
  /** The answer holds a parameter twice, with two values. */
  | "ERR_RESPONSE_PARAMETER_REPEATED"
  /** The answer does not say `oauth_callback_confirmed=true` (§2.1). */
  | "ERR_CALLBACK_NOT_CONFIRMED"
  /** The callback lacks a parameter, has it twice, or cannot be decoded (§2.2). */
  | "ERR_CALLBACK_PARAMETER"
  /** The callback is for other temporary credentials (§2.2). */
  | "ERR_TOKEN_MISMATCH"
  /** The resource owner said no. The error is an {@link AuthorizationDeniedError}. */
  | "ERR_AUTHORIZATION_DENIED";

/** What an {@link AuthorizationError} may know beside its code and message. */
export interface AuthorizationErrorDetails {
  /** The parameter or option that is wrong. */
  readonly parameter?: string | undefined;
  /** The status code of the answer. */
  readonly status?: number | undefined;
  /** The beginning of the answer's body, as {@link AuthorizationError.bodyExcerpt} has it. */
  readonly bodyExcerpt?: string | undefined;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/**
 * Thrown by every function of `/authorization`, for whatever reason a step of RFC 5849 §2 fails; only
 * an `AbortSignal` of your own ends a step with its own reason. Never holds a secret.
 */
export class AuthorizationError extends Error {
  override readonly name: string = "AuthorizationError";
  /** What is wrong. Stable, to switch on. */
  readonly code: AuthorizationErrorCode;
  /** The parameter or option that is wrong. */
  readonly parameter: string | undefined;
  /** The status code of the server's answer, where there is one. */
  readonly status: number | undefined;
  /**
   * The beginning of the answer's body, in which every secret that was sent, and every credential
   * that was received, is `[redacted]`. `undefined` if the body is neither a form nor JSON: nobody
   * can tell what in it is a credential.
   */
  readonly bodyExcerpt: string | undefined;

  constructor(
    code: AuthorizationErrorCode,
    message: string,
    details: AuthorizationErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.code = code;
    this.parameter = details.parameter;
    this.status = details.status;
    this.bodyExcerpt = details.bodyExcerpt;
  }
}

/** What a server says of a refused request (Problem Reporting extension). */
export interface ProblemReport {
  /** `oauth_problem`: one of the extension's codes, or the server's own. */
  readonly problem: ProblemCode | (string & {}) | undefined;
  /** `oauth_problem_advice`: text for a person. */
  readonly advice: string | undefined;
  /** `oauth_acceptable_versions`. */
  readonly acceptableVersions: { readonly lowest: string; readonly highest: string } | undefined;
  /** `oauth_acceptable_timestamps`, in seconds. */
  readonly acceptableTimestamps: { readonly from: number; readonly to: number } | undefined;
  /** `oauth_parameters_absent`: names, decoded. */
  readonly parametersAbsent: readonly string[];
  /** `oauth_parameters_rejected`: names, decoded. Their values may be secrets and are left out. */
  readonly parametersRejected: readonly string[];
}

/** The server refused: it answered with another status than 2xx, or named a problem. */
export class ProviderError extends AuthorizationError implements ProblemReport {
  override readonly name: string = "ProviderError";
  declare readonly status: number;
  /** The realm of the server's challenge (RFC 5849 §3.5.1). */
  readonly realm: string | undefined;
  readonly problem: ProblemReport["problem"];
  readonly advice: ProblemReport["advice"];
  readonly acceptableVersions: ProblemReport["acceptableVersions"];
  readonly acceptableTimestamps: ProblemReport["acceptableTimestamps"];
  readonly parametersAbsent: ProblemReport["parametersAbsent"];
  readonly parametersRejected: ProblemReport["parametersRejected"];
  /** What was read though it is not as the specifications want it. */
  readonly tolerated: readonly Toleration[];

  constructor(
    status: number,
    report: ProblemReport,
    details: {
      readonly bodyExcerpt: string | undefined;
      readonly realm: string | undefined;
      readonly tolerated: readonly Toleration[];
    },
  ) {
    const { problem, advice } = report;
    super(
      "ERR_PROVIDER",
      `the server refused: ${status}${problem ? ` ${problem}` : ""}${advice ? `: ${advice}` : ""}`,
      { status, bodyExcerpt: details.bodyExcerpt },
    );
    this.realm = details.realm;
    this.problem = problem;
    this.advice = advice;
    this.acceptableVersions = report.acceptableVersions;
    this.acceptableTimestamps = report.acceptableTimestamps;
    this.parametersAbsent = report.parametersAbsent;
    this.parametersRejected = report.parametersRejected;
    this.tolerated = details.tolerated;
  }
}

/** The resource owner came back to the callback without having granted anything. */
export class AuthorizationDeniedError extends AuthorizationError {
  override readonly name: string = "AuthorizationDeniedError";
  /** `oauth_problem`, where the server gives it: `user_refused`, `permission_denied`, … */
  readonly problem: ProblemReport["problem"];
  /** `oauth_problem_advice`. */
  readonly advice: string | undefined;

  constructor(problem: string | undefined, advice: string | undefined) {
    super(
      "ERR_AUTHORIZATION_DENIED",
      `access was not granted${problem ? `: ${problem}` : ""}${advice ? `: ${advice}` : ""}`,
    );
    this.problem = problem;
    this.advice = advice;
  }
}
