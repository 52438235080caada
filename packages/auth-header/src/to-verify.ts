/**
 * The `Authorization` header for code that verifies its signature.
 *
 * @module
 */

export type { EncodedParameter, ParametersToVerify } from "./parameter.js";
export { parseToVerify } from "./parse-authorization-header.js";
