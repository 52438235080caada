/**
 * From client credentials to token credentials, with one function for each step of RFC 5849 §2.
 *
 * @module
 */

export type { ProblemCode } from "@oauth1/auth-header";
export {
  AuthorizationDeniedError,
  AuthorizationError,
  type AuthorizationErrorCode,
  type AuthorizationErrorDetails,
  type ProblemReport,
  ProviderError,
} from "./authorization-error.js";
export { authorizationUrl } from "./authorization-url.js";
export type {
  CredentialFetch,
  CredentialFetchBody,
  CredentialFetchReader,
  CredentialFetchResponse,
  CredentialRequestOptions,
  SigningOptions,
} from "./credential-request.js";
export {
  type AuthorizationCallback,
  type AuthorizationCallbackOptions,
  readAuthorizationCallback,
} from "./read-authorization-callback.js";
export type { ReceivedCredentials } from "./received-credentials.js";
export { type RenewalStep, renewTokenCredentials } from "./renew-token-credentials.js";
export {
  requestTemporaryCredentials,
  type TemporaryCredentials,
  type TemporaryCredentialsStep,
} from "./request-temporary-credentials.js";
export {
  requestTokenCredentials,
  type TokenCredentialsStep,
} from "./request-token-credentials.js";
export {
  requestTokenCredentialsByXAuth,
  type XAuthStep,
} from "./request-token-credentials-by-xauth.js";
export type { TokenCredentials } from "./token-credentials.js";
export type { Toleration, TolerationKind } from "./toleration.js";
