/**
 * Signed requests by the HTTP client that you have: RFC 5849 §3.
 *
 * @module
 */

export { ClientError, type ClientErrorCode } from "./client-error.js";
export type { AnySigner } from "./sign-request.js";
export {
  type AnyFetch,
  type Fetch,
  type Outcome,
  type SignedFetchOptions,
  signedFetch,
} from "./signed-fetch.js";
