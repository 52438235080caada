/**
 * The signature base string: RFC 5849 §3.4.1. One file a step, named after it.
 *
 * @module
 */

export { BaseStringError, type BaseStringErrorCode } from "./base-string-error.js";
export { baseStringUri } from "./base-string-uri.js";
export { collectParameters } from "./collect-parameters.js";
export { isFormContentType } from "./form-content-type.js";
export { type FormBody, formParameters } from "./form-parameters.js";
export { normalizeParameters, sortParameters } from "./normalize-parameters.js";
export type {
  CollectedParameter,
  EncodedParameter,
  Parameter,
  ParameterSource,
} from "./parameter.js";
export { queryParameters } from "./query-parameters.js";
export { type ParameterizedRequest, requestParameters } from "./request-parameters.js";
export { type ParsedRequestUri, parseRequestUri, type RequestUri } from "./request-uri.js";
export { type BaseStringRequest, signatureBaseString } from "./signature-base-string.js";
