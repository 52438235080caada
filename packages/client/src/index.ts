/**
 * Signed requests by the HTTP client that you have: RFC 5849 §3.
 *
 * @module
 */

export { ClientError, type ClientErrorCode } from "./client-error.js";
