import type { Parameter, Transmission } from "@oauth1/base-string";
import type { RefusalCode, RefusalStatus } from "./problem.js";

/** What came of verifying a request. */
export type Verification<Caller = unknown> = VerifiedRequest<Caller> | RefusedRequest;

/** Who called, and what was verified. */
export interface VerifiedRequest<Caller = unknown> {
  readonly verified: true;
  /** The client whose signature it is. */
  readonly client: { readonly identifier: string };
  /** The token it acts with, `undefined` where there is none. */
  readonly token: { readonly identifier: string } | undefined;
  /** What the credential store knows of the caller. */
  readonly caller: Caller | undefined;
  /** The value of `oauth_signature_method`. */
  readonly signatureMethod: string;
  readonly transmission: Transmission;
  /** The realm of the header field: not signed, and the client's claim only (RFC 5849 §3.5.1). */
  readonly realm: string | undefined;
  /** The protocol parameters, decoded, in their order. */
  readonly parameters: readonly Parameter[];
  /** The absolute URL that was verified, in the client's spelling. */
  readonly url: string;
  /** The body's octets, where they were read: a form, or a body under a body hash. */
  readonly body: Uint8Array | undefined;
  /**
   * The parameters of a form body, decoded, in their order, without the protocol parameters. All of
   * them are signed; octets that are not UTF-8 are U+FFFD here. `undefined` if the body is not
   * `application/x-www-form-urlencoded`: what it holds is not signed by itself, multipart included.
   */
  readonly form: readonly Parameter[] | undefined;
}

/** Why a request is refused, and what to answer. */
export interface RefusedRequest {
  readonly verified: false;
  readonly status: RefusalStatus;
  /** For logs and counters: given whatever `problemReporting` tells the client. */
  readonly problem: RefusalCode;
  /** What exactly was wrong, for a person: it names a place and no value. */
  readonly advice: string;
  /** The header fields to answer with. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body to answer with: the problem again, form-encoded; empty where none is told. */
  readonly body: string;
  /** The client identifier that the request names, decoded: a claim, nothing more. */
  readonly client: string | undefined;
  /** What a store threw, where that was the reason. */
  readonly cause?: unknown;
}
