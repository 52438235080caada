import type { SharedSecrets } from "@oauth1/hmac-sha1";

/**
 * A signature method (RFC 5849 §3.4): the value of `oauth_signature_method`, and how a signature
 * is made and checked with it.
 */
export interface SignatureMethod<Signature extends string | Promise<string> = string> {
  /** The value of `oauth_signature_method`. */
  readonly name: string;
  /**
   * Prepares the key, once for any number of requests.
   *
   * @param secrets - The shared-secrets, decoded.
   */
  prepare(this: void, secrets: SharedSecrets): PreparedSignatureMethod<Signature>;
}

/** A signature method with a prepared key. */
export interface PreparedSignatureMethod<Signature extends string | Promise<string> = string> {
  /** The signature of a base string, not percent-encoded. */
  sign(this: void, baseString: string): Signature;
  /** Whether the signature (not percent-encoded) is that of the base string. */
  verify(
    this: void,
    baseString: string,
    signature: string,
  ): Signature extends string ? boolean : Promise<boolean>;
}
