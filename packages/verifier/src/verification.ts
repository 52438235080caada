import type { Parameter, Transmission } from "@oauth1/base-string";
import type { RejectionCode, RejectionStatus } from "./problem.js";

/** The result of verifying a request. */
export type Verification<Caller = unknown> = VerifiedRequest<Caller> | RejectedRequest;

/** The caller, and what was verified. */
export interface VerifiedRequest<Caller = unknown> {
  readonly verified: true;
  /** The client that signed the request. */
  readonly client: { readonly identifier: string };
  /** The token of the request, or `undefined` if it has none. */
  readonly token: { readonly identifier: string } | undefined;
  /** The `caller` of the credential store's result. */
  readonly caller: Caller | undefined;
  /** The value of `oauth_signature_method`. */
  readonly signatureMethod: string;
  readonly transmission: Transmission;
  /** The realm of the header, an unsigned claim of the client (RFC 5849 §3.5.1). */
  readonly realm: string | undefined;
  /** The protocol parameters, decoded, in order. */
  readonly parameters: readonly Parameter[];
  /** The absolute URL that was verified, as the client spelled it. */
  readonly url: string;
  /** The body's bytes, if they were read: of a form, or of a body with a body hash. */
  readonly body: Uint8Array | undefined;
  /**
   * The parameters of a form body, decoded, in order, without the protocol parameters. All of them
   * are signed. Octets that are not UTF-8 are U+FFFD here. `undefined` if the body is not
   * `application/x-www-form-urlencoded`, because the content of other bodies, including multipart,
   * is not signed.
   */
  readonly form: readonly Parameter[] | undefined;
}

/** The reason why a request is rejected, and the response to send. */
export interface RejectedRequest {
  readonly verified: false;
  readonly status: RejectionStatus;
  /** For logs and counters. It does not depend on `problemReporting`. */
  readonly problem: RejectionCode;
  /** The precise reason, for people. It names a place, but no value. */
  readonly advice: string;
  /** The headers of the response. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body of the response: the problem, form-encoded, or empty if none is reported. */
  readonly body: string;
  /** The client identifier that the request claims, decoded. */
  readonly client: string | undefined;
  /** The error of a store, if that was the reason. */
  readonly cause?: unknown;
}
