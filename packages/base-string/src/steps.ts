/**
 * The steps of a signature base string, for code that shows or checks them individually. They work
 * on encoded parameters, so octets without a decoded text are kept.
 *
 * @module
 */

export { collectParameters } from "./collect-parameters.js";
export { requestParameters } from "./request-parameters.js";
export { parseRequestUri } from "./request-uri.js";
export { prepareRequestUriParser } from "./request-uri-parser.js";
export { buildBaseString, prepareBaseString } from "./signature-base-string.js";
export { sortParameters } from "./sort-parameters.js";
