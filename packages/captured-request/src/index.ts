/**
 * Reads HTTP requests from copied text.
 *
 * @module
 */

export type { CapturedRequest, CapturedRequestOptions, Shell } from "./captured-request.js";
export { CapturedRequestError, type CapturedRequestErrorCode } from "./captured-request-error.js";
export {
  type CurlArgumentsOptions,
  readCurlArguments,
  readCurlCommand,
} from "./curl/read-curl-command.js";
export { readHeaders } from "./http/read-headers.js";
export { readHttpMessage } from "./http/read-http-message.js";
export { readFetchSnippet } from "./literal/read-fetch-snippet.js";
export { readHarEntry } from "./literal/read-har-entry.js";
export { readJsonRequest } from "./literal/read-json-request.js";
export { readPowershellCommand } from "./powershell/read-powershell-command.js";
export { readCapturedRequest } from "./read-captured-request.js";
