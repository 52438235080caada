import type { ProblemCode } from "@oauth1/auth-header";
import type { Toleration } from "./toleration.js";

/** The reasons why a request for credentials fails (RFC 5849 §2). */
export type AuthorizationErrorCode =
  /**
   * An option is wrong, or the request cannot be signed. In the second case `cause` is the
   * signer's error. Remedy: correct the option that the message names, or see the cause.
   */
  | "ERR_AUTHORIZATION_OPTION"
  /**
   * The server could not be reached, or did not answer. Remedy: check the URL, the network and
   * the time limit; the system's error is the `cause`.
   */
  | "ERR_NO_ANSWER"
  /**
   * The URL is not `https`, so anyone could read the credentials in the response (§2.1). Remedy:
   * use the `https` URL of the endpoint; `allowInsecureTransport` is for tests.
   */
  | "ERR_AUTHORIZATION_NOT_HTTPS"
  /**
   * The server rejected the request. The error is a {@link ProviderError}. Remedy: read its
   * `problem` and `status`, and look the problem up under Troubleshooting.
   */
  | "ERR_PROVIDER"
  /**
   * The server answered with a redirect. A signed request is not sent to another URL. Remedy: use
   * the URL to which the server redirects, if you trust it.
   */
  | "ERR_REDIRECT"
  /**
   * The response is longer than `maximumResponseOctets`. Remedy: check the URL of the endpoint,
   * or raise the limit.
   */
  | "ERR_RESPONSE_TOO_LARGE"
  /**
   * The response is not a form, or can be read in more than one way. Remedy: check the URL of the
   * endpoint; `bodyExcerpt` has the beginning of the response.
   */
  | "ERR_RESPONSE_MALFORMED"
  /**
   * The response lacks a parameter that the RFC requires, or the parameter is empty. Remedy:
   * check the URL of the endpoint, and ask the service which parameters it returns.
   */
  | "ERR_RESPONSE_PARAMETER_ABSENT"
  /**
   * The response contains a parameter twice, with different values. Remedy: report it to the
   * service, because nobody can tell which value is right.
   */
  | "ERR_RESPONSE_PARAMETER_REPEATED"
  /**
   * The response does not contain `oauth_callback_confirmed=true` (§2.1). Remedy: check the URL
   * of the endpoint; for a server of OAuth Core 1.0 without revision A set
   * `requireCallbackConfirmation: false`.
   */
  | "ERR_CALLBACK_NOT_CONFIRMED"
  /**
   * The callback lacks a parameter, contains it twice, or cannot be decoded (§2.2). Remedy: pass
   * the whole URL to which the server sent the user, unchanged.
   */
  | "ERR_CALLBACK_PARAMETER"
  /**
   * The callback is for other temporary credentials (§2.2). Remedy: keep the temporary
   * credentials in the user's session, and read the callback with those of the same session.
   */
  | "ERR_TOKEN_MISMATCH"
  /**
   * The resource owner denied access. The error is an {@link AuthorizationDeniedError}. Remedy:
   * tell the user, and begin again only if they ask for it.
   */
  | "ERR_AUTHORIZATION_DENIED";

/** What an {@link AuthorizationError} can contain besides its code and message. */
export interface AuthorizationErrorDetails {
  /** The invalid parameter or option. */
  readonly parameter?: string | undefined;
  /** The status code of the response. */
  readonly status?: number | undefined;
  /** The beginning of the response body, as described at {@link AuthorizationError.bodyExcerpt}. */
  readonly bodyExcerpt?: string | undefined;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/**
 * Thrown by every function of `/authorization` if a step of RFC 5849 §2 fails. If your own
 * `AbortSignal` ends a step, its own reason is thrown instead. Never contains a secret.
 */
export class AuthorizationError extends Error {
  override readonly name: string = "AuthorizationError";
  /** A stable code that identifies the problem. */
  readonly code: AuthorizationErrorCode;
  /** The invalid parameter or option. */
  readonly parameter: string | undefined;
  /** The status code of the server's response, if there is one. */
  readonly status: number | undefined;
  /**
   * The beginning of the response body. Every secret that was sent and every credential that was
   * received is replaced by `[redacted]`. `undefined` if the body is neither a form nor JSON,
   * because credentials in it cannot be recognized.
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

/** A server's report about a rejected request (Problem Reporting extension). */
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
  /** `oauth_parameters_rejected`: names, decoded. Their values can be secrets and are omitted. */
  readonly parametersRejected: readonly string[];
}

/** The server rejected the request: its status is not 2xx, or it reported a problem. */
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
  /** Deviations from the specifications that were tolerated. */
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
      `the server rejected the request: ${status}${problem ? ` ${problem}` : ""}${advice ? `: ${advice}` : ""}`,
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

/** The resource owner returned to the callback without granting access. */
export class AuthorizationDeniedError extends AuthorizationError {
  override readonly name: string = "AuthorizationDeniedError";
  /** `oauth_problem`, if the server sends it: `user_refused`, `permission_denied`, … */
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
