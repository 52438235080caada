/**
 * Verifies HTTP requests (RFC 5849 §3.2).
 *
 * @module
 */

export type { Transmission } from "@oauth1/base-string";
export type { VerifyingMethod } from "./check-signature.js";
export { createVerifier, type Verifier } from "./create-verifier.js";
export type {
  Awaitable,
  CredentialStore,
  FoundCredentials,
  KnownClient,
  KnownToken,
} from "./credential-store.js";
export type { ForwardedField, TrustedProxies } from "./forwarded.js";
export {
  type ForwardedClient,
  type ForwardedRequest,
  prepareForwardedClient,
} from "./forwarded-client.js";
export type { Limits } from "./limits.js";
export type { NonceStore, SpendableNonce, SpendResult } from "./nonce-store.js";
export type { Counts, VerificationEvent } from "./observability/observer.js";
export type { RejectionCode, RejectionStatus } from "./problem.js";
export type {
  NodeRequest,
  ReceivedRequest,
  RequestContext,
  VerifiableRequest,
  WebRequest,
} from "./received-request.js";
export type { ProblemReporting } from "./rejection.js";
export type {
  RejectedRequest,
  Verification,
  VerifiedRequest,
} from "./verification.js";
export { VerifierError, type VerifierErrorCode } from "./verifier-error.js";
export type { VerifierOptions } from "./verifier-options.js";
