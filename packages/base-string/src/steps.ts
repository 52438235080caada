/**
 * The steps of a signature base string that keep what has no decoded text: encoded parameters with
 * their sources, for whoever shows or checks them one by one.
 *
 * @module
 */

export { collectParameters } from "./collect-parameters.js";
export { sortParameters } from "./normalize-parameters.js";
export { requestParameters } from "./request-parameters.js";
export { parseRequestUri } from "./request-uri.js";
export { concatenateElements } from "./signature-base-string.js";
