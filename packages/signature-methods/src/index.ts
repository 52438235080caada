/**
 * The interface of a signature method: RFC 5849 §3.4. Each method is a subpath, so that a bundle
 * contains only the methods it uses.
 *
 * @module
 */

export { acceptSignatureMethods, SignatureMethodError } from "./accept-signature-methods.js";
export type { HashName, KeyType, SignatureMethodDescription } from "./description.js";
export { KeyError, type KeyErrorCode } from "./keys/key-error.js";
export type {
  NodeKeyObject,
  RsaJsonWebKey,
  RsaSigningClient,
  RsaVerifyingClient,
  WebCryptoKey,
} from "./keys/rsa-client.js";
export type { RsaMethod } from "./rsa.js";
export type { RsaSyncMethod } from "./rsa-sync.js";
export type { SharedSecret, SignatureMethod, Verdict } from "./signature-method.js";
export { verifyBodyHash } from "./verify-body-hash.js";
