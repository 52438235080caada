import type { RsaVerifyingClient } from "@oauth1/signature-methods";

/** A request as a server received it. */
export interface ReceivedRequest {
  /** The request method. */
  readonly method: string;
  /** The absolute URL as the client sent it, percent-encoded: in no other spelling. */
  readonly url: string;
  /** The header fields: pairs, or an object whose values may be lists. */
  readonly headers?:
    | Iterable<readonly [string, string]>
    | Readonly<Record<string, string | readonly string[] | undefined>>
    | undefined;
  /** The body's octets, or its text, whose octets are UTF-8. */
  readonly body?: Uint8Array | string | null | undefined;
}

/** What the signature is checked with. */
export interface Secrets {
  /** The client shared-secret, decoded: for HMAC and PLAINTEXT. */
  readonly clientSharedSecret?: string | undefined;
  /**
   * The token shared-secret, decoded: where the request has a token. Pass an empty string for a token
   * that was issued with an empty secret.
   */
  readonly tokenSharedSecret?: string | undefined;
  /** The client's public key, for RSA: PEM, a JSON Web Key or a `KeyObject`. */
  readonly publicKey?: RsaVerifyingClient["publicKey"] | undefined;
}
