/**
 * The inputs of RFC 5849 §3 as arbitraries for fast-check.
 *
 * @module
 */

export { type Change, change } from "./change.js";
export { credentials, sharedSecret } from "./credentials.js";
export { octets } from "./octets.js";
export { parameter, parameterName, parameters, spelledForm } from "./parameters.js";
export {
  type RequestToSign,
  request,
  requestToSign,
  type UnsignedRequest,
} from "./request.js";
export { type Spelled, spelled, spelledFormName, spelledFormValue } from "./spelling.js";
export { realm, text } from "./text.js";
export { type UrlParts, url, urlParts, type WireUrl } from "./url.js";
