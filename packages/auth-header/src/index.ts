/**
 * The `Authorization` and `WWW-Authenticate` headers of the `OAuth` scheme: RFC 5849 §3.5.1.
 *
 * @module
 */

export {
  AuthorizationHeaderError,
  type AuthorizationHeaderErrorCode,
} from "./authorization-header-error.js";
export type { AuthorizationParameters, Parameter } from "./parameter.js";
export { parseAuthorizationHeader } from "./parse-authorization-header.js";
export { parseChallenge } from "./parse-challenge.js";
export type { ProblemCode } from "./problem-code.js";
export {
  type SerializableParameters,
  serializeAuthorizationHeader,
  serializeChallenge,
} from "./serialize.js";
