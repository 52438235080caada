/** A request to verify: a web `Request`, a request of `node:http`, or plain data. */
export type VerifiableRequest = WebRequest | NodeRequest | ReceivedRequest;

/** A request as plain data, for a platform that has neither `Request` nor `node:http`. */
export interface ReceivedRequest {
  /** The request method. */
  readonly method: string;
  /** The absolute URL, percent-encoded exactly as the client sent it. */
  readonly url: string;
  /** The headers: pairs, or an object whose values can be lists. */
  readonly headers?:
    | Iterable<readonly [string, string]>
    | Readonly<Record<string, string | readonly string[] | undefined>>
    | undefined;
  /** The body's bytes, or its text, which is encoded as UTF-8. */
  readonly body?: Uint8Array | string | null | undefined;
}

/**
 * The part of a web-standard `Request` that is used. Its URL is already parsed, so pass the raw
 * request-target instead if the platform has it, as `node:http` does.
 */
export interface WebRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: {
    /** Returns a header's value, or several joined values. */
    get(name: string): string | null;
  };
  readonly body: unknown;
  readonly bodyUsed: boolean;
  /** Returns a copy, so that the handler can read the body, too. */
  clone(): { readonly body: unknown };
}

/** The part of an `IncomingMessage` of `node:http` or an `Http2ServerRequest` that is used. */
export interface NodeRequest {
  readonly method?: string | undefined;
  /** The request-target. */
  readonly url?: string | undefined;
  /** The request-target before a router removed its mount path, as in Express and Connect. */
  readonly originalUrl?: string | undefined;
  readonly httpVersionMajor: number;
  readonly rawHeaders: readonly string[];
  /** Used if `rawHeaders` is empty, as on serverless platforms. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body's bytes, if the platform keeps them after parsing the body. */
  readonly rawBody?: unknown;
  readonly socket: {
    readonly encrypted?: boolean | undefined;
    readonly remoteAddress?: string | undefined;
  };
  /** The HTTP/2 stream of the request. */
  readonly stream?: { readonly destroyed: boolean } | undefined;
  /** This member and the following are those of a `Readable` of `node:stream`. */
  readonly destroyed: boolean;
  readonly readableDidRead: boolean;
  readonly readableEncoding: string | null;
  readonly readableEnded: boolean;
  readonly readableLength: number;
  /** Returns what has arrived, or `null`. */
  read(): Uint8Array | null;
  /** Puts data back. */
  unshift(chunk: Uint8Array): void;
  /** Adds a listener. */
  on(event: string, listener: () => void): unknown;
  /** Removes a listener. */
  off(event: string, listener: () => void): unknown;
}

/** Facts that the request itself does not contain. */
export interface RequestContext {
  /** The IP address of the peer, for `trustedProxies`. A `node:http` request has its own. */
  readonly peerAddress?: string | undefined;
}
