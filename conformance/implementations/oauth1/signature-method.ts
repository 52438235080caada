import { Unsupported } from "../../runner/implementation.js";

/** The signature methods that this implementation knows. */
export const signatureMethods: readonly string[] = ["HMAC-SHA1"];

/** @throws {@link Unsupported} for every other signature method. */
export function requireHmacSha1(signatureMethod: string): void {
  if (!signatureMethods.includes(signatureMethod)) {
    throw new Unsupported(`no signature method ${JSON.stringify(signatureMethod)}`);
  }
}
