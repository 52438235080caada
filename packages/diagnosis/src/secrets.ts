import type { RsaVerifyingClient } from "@oauth1/signature-methods";

/** The secrets or keys with which the signature is checked. */
export interface Secrets {
  /** The client shared-secret, decoded: for HMAC and PLAINTEXT. */
  readonly clientSharedSecret?: string | undefined;
  /**
   * The token shared-secret, decoded, if the request has a token. Pass an empty string for a
   * token that was issued with an empty secret.
   */
  readonly tokenSharedSecret?: string | undefined;
  /** The client's public key, for RSA: PEM, a JSON Web Key or a `KeyObject`. */
  readonly publicKey?: RsaVerifyingClient["publicKey"] | undefined;
}
