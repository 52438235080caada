import type { RsaVerifyingClient } from "@oauth1/signature-methods";

/** What the signature is checked with. */
export interface Secrets {
  /** The client shared-secret, decoded: for HMAC and PLAINTEXT. */
  readonly clientSharedSecret?: string | undefined;
  /** The token shared-secret, decoded. Omitted or empty where the request has no token. */
  readonly tokenSharedSecret?: string | undefined;
  /** The client's public key, for RSA: PEM, a JSON Web Key or a `KeyObject`. */
  readonly publicKey?: RsaVerifyingClient["publicKey"] | undefined;
}
