import type { Parameter } from "@oauth1/base-string";

/** A request to sign. */
export interface SignableRequest<Body = undefined> {
  /** The request method. */
  readonly method: string;
  /** The absolute URL as it is sent, percent-encoded, or a `URL`. */
  readonly url: string | { readonly href: string };
  /** The request's own headers: an object, pairs or `Headers`. */
  readonly headers?:
    | Iterable<readonly [string, string]>
    | Readonly<Record<string, string>>
    | undefined;
  /**
   * The entity-body. The signer signs a form: `URLSearchParams` or a list of decoded pairs, and
   * text or bytes with the content type `application/x-www-form-urlencoded`. It does not sign any
   * other body (RFC 5849 §3.4.1.3.1) and passes it on as it is.
   */
  readonly body?: Body;
}

/**
 * A signed request. Send it unchanged: `fetch(signed.url, signed)`.
 */
export interface SignedRequest<Body = undefined> {
  /** The request method, as it was given. */
  readonly method: string;
  /** The URL to send the request to. With transmission `query` it has the protocol parameters. */
  readonly url: string;
  /** The request's own headers, and those that signing adds. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body to send: `null` if there is none, text for `URLSearchParams` and pairs. */
  readonly body: SendableBody<Body>;
  /** The protocol parameters, decoded, `oauth_signature` last. They do not include the realm. */
  readonly protocolParameters: readonly Parameter[];
  /** The signature base string (RFC 5849 §3.4.1). */
  readonly baseString: string;
  /** The signature, not percent-encoded. */
  readonly signature: string;
}

/** The body as sent: a form as text or bytes, any other body as it was given. */
export type SendableBody<Body> =
  | Exclude<Body, Iterable<Parameter> | undefined>
  | string
  | (Body extends Uint8Array ? Uint8Array<ArrayBuffer> : never)
  | null;
