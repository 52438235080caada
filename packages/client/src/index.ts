/**
 * Signed requests with `fetch` (RFC 5849 §3).
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
