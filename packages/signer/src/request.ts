import type { Parameter } from "@oauth1/base-string";

/** A request to sign. */
export interface SignableRequest<Body = undefined> {
  /** The request method. */
  readonly method: string;
  /** The absolute URL as it goes over the wire, percent-encoded, or a `URL`. */
  readonly url: string | { readonly href: string };
  /** The request's own header fields: an object, pairs or `Headers`. */
  readonly headers?:
    | Iterable<readonly [string, string]>
    | Readonly<Record<string, string>>
    | undefined;
  /**
   * The entity-body. A form is signed: `URLSearchParams` or a list of decoded pairs, and text or
   * octets whose content type is `application/x-www-form-urlencoded`. Any other body is not signed
   * (RFC 5849 §3.4.1.3.1) and is passed on as it is.
   */
  readonly body?: Body;
}

/**
 * A signed request, to be sent as it is: `fetch(signed.url, signed)`.
 */
export interface SignedRequest<Body = undefined> {
  /** The request method, as it was given. */
  readonly method: string;
  /** The URL to send the request to: with protocol parameters where the transmission is `query`. */
  readonly url: string;
  /** The request's own header fields, and those that signing adds. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body to send: `null` for none, text for `URLSearchParams` and pairs. */
  readonly body: SendableBody<Body>;
  /** The protocol parameters, decoded, `oauth_signature` last. The realm is none of them. */
  readonly protocolParameters: readonly Parameter[];
  /** What was signed (RFC 5849 §3.4.1). */
  readonly baseString: string;
  /** The signature, not percent-encoded. */
  readonly signature: string;
}

/** What of a body is sent: a form as text or octets, any other body as it was given. */
export type SendableBody<Body> =
  | Exclude<Body, Iterable<Parameter> | undefined>
  | string
  | (Body extends Uint8Array ? Uint8Array<ArrayBuffer> : never)
  | null;
