import type { SignatureMethod } from "@oauth1/signature-methods";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";

/** A signature method, and where it is defined. */
interface DefinedMethod {
  readonly method: SignatureMethod;
  readonly section: string;
}

/** The values of `--signature-method`. */
export const signatureMethods: ReadonlyMap<string, DefinedMethod> = new Map(
  [{ method: hmacSha1, section: "RFC 5849 §3.4.2" }].map((defined) => [
    defined.method.name,
    defined,
  ]),
);
