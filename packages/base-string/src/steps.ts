/**
 * The steps of a signature base string, for code that shows or checks them one by one. They work on
 * encoded parameters, so octets that have no decoded text survive.
 *
 * @module
 */

export { collectParameters } from "./collect-parameters.js";
export { sortParameters } from "./normalize-parameters.js";
export { requestParameters } from "./request-parameters.js";
export { parseRequestUri } from "./request-uri.js";
export { prepareRequestUriParser } from "./request-uri-parser.js";
export { buildBaseString } from "./signature-base-string.js";
