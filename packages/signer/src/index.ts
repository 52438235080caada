/**
 * Signs HTTP requests: RFC 5849 §3.1.
 *
 * @module
 */

export type { Transmission } from "@oauth1/base-string";
export {
  createSigner,
  type Signer,
  type SignerOptions,
  type SignOptions,
} from "./create-signer.js";
export { type Credentials, redactCredentials } from "./redact-credentials.js";
export type { SendableBody, SignableRequest, SignedRequest } from "./request.js";
export { sign } from "./sign.js";
export { SignerError, type SignerErrorCode } from "./signer-error.js";
export type { SigningMethod } from "./signing-method.js";
