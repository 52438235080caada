import type { SignatureMethodDescription } from "./description.js";

/** What of shared-secret credentials a signature method needs (RFC 5849 §3.4.2, §3.4.4). */
export interface SharedSecret {
  /** The shared-secret, decoded. */
  readonly sharedSecret: string;
}

/**
 * A signature method (RFC 5849 §3.4): what it is, and how it makes and checks a signature.
 *
 * `Signature` is `string` for a synchronous method and `Promise<string>` for an asynchronous one.
 * `SigningClient` and `VerifyingClient` are what the method needs of the client credentials.
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
   * @param token - The token credentials, where there are any.
   * @returns What makes the signature of a base string. It is not percent-encoded.
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
   * @param token - The token credentials, where there are any.
   * @returns What tells whether a signature (not percent-encoded) is that of a base string. It
   * throws for no signature, however malformed.
   */
  prepareToVerify(
    this: void,
    client: VerifyingClient,
    token?: SharedSecret | undefined,
  ): (baseString: string, signature: string) => Verdict<Signature>;
  /**
   * The base64 hash of an entity-body by the method's own hash function, for `oauth_body_hash`.
   * Left out where the method has none: the Request Body Hash extension excludes PLAINTEXT.
   */
  readonly bodyHash?: (this: void, body: Uint8Array) => Signature;
}

/** The verdict on a signature, asynchronous where the signature is. */
export type Verdict<Signature extends string | Promise<string>> = Signature extends string
  ? boolean
  : Promise<boolean>;
