/** A request to verify: of the web, of `node:http`, or plain. */
export type VerifiableRequest = WebRequest | NodeRequest | ReceivedRequest;

/** A request as plain data, for a platform that has neither `Request` nor `node:http`. */
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

/**
 * A web-standard `Request`, by the members that are read here. Its URL was parsed already: a
 * platform that has the raw request-target (`node:http` does) should hand that on in its place.
 */
export interface WebRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: {
    /** A header field's value, of several joined. */
    get(name: string): string | null;
  };
  readonly body: unknown;
  readonly bodyUsed: boolean;
  /** A second one, so that the handler can read the body too. */
  clone(): { readonly body: unknown };
}

/**
 * An `IncomingMessage` of `node:http` or an `Http2ServerRequest`, by the members that are read here.
 */
export interface NodeRequest {
  readonly method?: string | undefined;
  /** The request-target. */
  readonly url?: string | undefined;
  /** The request-target before a router cut its mount point off, as Express and Connect keep it. */
  readonly originalUrl?: string | undefined;
  readonly httpVersionMajor: number;
  readonly rawHeaders: readonly string[];
  /** Read where `rawHeaders` is empty, as serverless platforms leave it. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body's octets, where the platform keeps them for whoever comes after its body parser. */
  readonly rawBody?: unknown;
  readonly socket: {
    readonly encrypted?: boolean | undefined;
    readonly remoteAddress?: string | undefined;
  };
  /** The stream of HTTP/2 that the request comes by. */
  readonly stream?: { readonly destroyed: boolean } | undefined;
  /** As a `Readable` of `node:stream` has them, this and the following. */
  readonly destroyed: boolean;
  readonly readableDidRead: boolean;
  readonly readableEncoding: string | null;
  readonly readableEnded: boolean;
  readonly readableLength: number;
  /** What has arrived, or `null`. */
  read(): Uint8Array | null;
  /** Puts back what was read. */
  unshift(chunk: Uint8Array): void;
  /** Adds a listener. */
  on(event: string, listener: () => void): unknown;
  /** Takes a listener away. */
  off(event: string, listener: () => void): unknown;
}

/** What the request itself does not say. */
export interface RequestContext {
  /** The IP address of the peer, for `trustedProxies`. A `node:http` request has its own. */
  readonly peerAddress?: string | undefined;
}
