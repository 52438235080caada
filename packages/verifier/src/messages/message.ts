/** A received request in one form, whatever it arrived as. */
export interface Message {
  readonly method: string;
  /** Of the connection, before any proxy is taken into account. */
  readonly scheme: "http" | "https";
  /** The request-target in origin-form or absolute-form (RFC 9112 §3.2), or an absolute URL. */
  readonly target: string;
  /** The authority of the URL where it is known apart from the target: the Host header fields. */
  readonly hosts: readonly string[] | undefined;
  /** All values of a header field, by its lower-case name. */
  fields(lowerCaseName: string): readonly string[];
  /** The IP address of the peer, where it is known. */
  readonly peerAddress: string | undefined;
  /**
   * Reads the body so that whoever reads it afterwards finds it again; empty if there is none. What
   * counts is what arrives, whatever the header fields say of it: the handler reads that too.
   */
  readBody(limits: BodyLimits): Promise<Uint8Array | UnreadableBody>;
}

/** Bounds on reading a body. */
export interface BodyLimits {
  /** Octets. Not one more is kept. */
  readonly body: number;
  /** Milliseconds until all of it has arrived. */
  readonly bodyTimeout: number;
}

/** Why a body cannot be verified. */
export type UnreadableBody = "too-large" | "too-slow" | "broken-off";
