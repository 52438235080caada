/**
 * The interface of a signature method: RFC 5849 §3.4. The methods themselves are subpaths, so that
 * a bundle holds only those it uses.
 *
 * @module
 */

export type { SharedSecrets } from "@oauth1/hmac-sha1";
export type { PreparedSignatureMethod, SignatureMethod } from "./signature-method.js";
