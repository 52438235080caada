/**
 * Arbitraries and laws of RFC 5849 §3, for fast-check.
 *
 * @module
 */

export { type Change, change } from "./arbitraries/change.js";
export { credentials, sharedSecret } from "./arbitraries/credentials.js";
export { octets } from "./arbitraries/octets.js";
export { parameter, parameterName, parameters, spelledForm } from "./arbitraries/parameters.js";
export {
  type RequestToSign,
  request,
  requestToSign,
  type UnsignedRequest,
} from "./arbitraries/request.js";
export {
  type Spelled,
  spelled,
  spelledFormName,
  spelledFormValue,
} from "./arbitraries/spelling.js";
export { realm, text } from "./arbitraries/text.js";
export { type UrlParts, url, urlParts, type WireUrl } from "./arbitraries/url.js";
export { type Law, LawBroken } from "./law.js";
export { laws } from "./laws/index.js";
