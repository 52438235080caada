/**
 * The steps of RFC 5849 §3.4 with `node:crypto` and plain text, independent of the packages
 * under test except for the list of signature methods.
 *
 * @module
 */

export {
  type BaseStringElements,
  baseStringElements,
  type EncodedPair,
  joinedBaseString,
  pairsWithout,
  sortedPairs,
} from "./base-string-elements.js";
export { encode } from "./encode.js";
export { PRIVATE_KEY, PUBLIC_KEY } from "./rsa-key.js";
export { hmac, publicKeyOf, type Secrets, sharedSecretKey, signatureOf } from "./signature.js";
