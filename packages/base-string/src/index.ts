/**
 * The signature base string: RFC 5849 §3.4.1. Each step is in a file of its name.
 *
 * @module
 */

export { BaseStringError, type BaseStringErrorCode } from "./base-string-error.js";
export { baseStringUri } from "./base-string-uri.js";
export { type FormBody, formParameters } from "./form-parameters.js";
export { normalizeParameters } from "./normalize-parameters.js";
export type {
  CollectedParameter,
  EncodedParameter,
  Parameter,
  ParameterSource,
  Transmission,
} from "./parameter.js";
export { queryParameters } from "./query-parameters.js";
export type { ParameterizedRequest } from "./request-parameters.js";
export type { ParsedRequestUri, RequestUri } from "./request-uri.js";
export { type BaseStringRequest, signatureBaseString } from "./signature-base-string.js";
