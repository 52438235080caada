import type { SignatureMethodDescription } from "./description.js";

/**
 * The part of shared-secret credentials that a signature method needs (RFC 5849 §3.4.2, §3.4.4).
 */
export interface SharedSecret {
  /** The shared-secret, decoded. */
  readonly sharedSecret: string;
}

/**
 * A signature method (RFC 5849 §3.4): its properties, and how it makes and checks a signature.
 *
 * `Signature` is `string` for a synchronous method and `Promise<string>` for an asynchronous one.
 * `SigningClient` and `VerifyingClient` are the parts of the client credentials that the method
 * needs.
 */
export interface SignatureMethod<
  Signature extends string | Promise<string> = string,
  SigningClient = SharedSecret,
  VerifyingClient = SigningClient,
> extends SignatureMethodDescription {
  /**
   * Prepares the key for any number of signatures.
   *
   * @param client - The client credentials.
   * @param token - The token credentials, if there are any.
   * @returns A function that makes the signature of a base string, not percent-encoded.
   */
  prepareToSign(
    this: void,
    client: SigningClient,
    token?: SharedSecret | undefined,
  ): (baseString: string) => Signature;
  /**
   * Prepares the key for checking any number of signatures.
   *
   * @param client - The client credentials.
   * @param token - The token credentials, if there are any.
   * @returns A function that returns true if a signature (not percent-encoded) is that of a base
   *   string. It never throws, however malformed the signature is.
   */
  prepareToVerify(
    this: void,
    client: VerifyingClient,
    token?: SharedSecret | undefined,
  ): (baseString: string, signature: string) => Verdict<Signature>;
  /**
   * The base64 hash of an entity-body by the method's own hash function, for `oauth_body_hash`.
   * Omitted if the method has none: the Request Body Hash extension excludes PLAINTEXT.
   */
  readonly bodyHash?: (this: void, body: Uint8Array) => Signature;
}

/** The result of verifying a signature, asynchronous if the signature is. */
export type Verdict<Signature extends string | Promise<string>> = Signature extends string
  ? boolean
  : Promise<boolean>;
