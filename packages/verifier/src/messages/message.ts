/** A received request in a common form. */
export interface Message {
  readonly method: string;
  /** The scheme of the connection, before proxies are considered. */
  readonly scheme: "http" | "https";
  /** The request-target in origin-form or absolute-form (RFC 9112 §3.2), or an absolute URL. */
  readonly target: string;
  /** The `Host` headers, if they are known apart from the target. */
  readonly hosts: readonly string[] | undefined;
  /** Returns all values of a header, by lower-case name. */
  fields(lowerCaseName: string): readonly string[];
  /** The IP address of the peer, if known. */
  readonly peerAddress: string | undefined;
  /**
   * Reads the body so that later readers can read it again. Empty if there is none. Reads what
   * arrives, whatever the headers say, because the handler does so too.
   */
  readBody(limits: BodyLimits): Promise<Uint8Array | UnreadableBody>;
}

/** Limits on reading a body. */
export interface BodyLimits {
  /** The maximum octets to keep. */
  readonly body: number;
  /** The maximum milliseconds until all of it has arrived. */
  readonly bodyTimeout: number;
}

/** The reasons why a body cannot be verified. */
export type UnreadableBody = "too-large" | "too-slow" | "broken-off";
