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
  /** Whether the request has a body that is not known to be empty. */
  readonly hasBody: boolean;
  /**
   * Reads the body so that whoever reads it afterwards finds it again.
   *
   * @param limit - Octets at most. Not one more is kept.
   */
  readBody(limit: number): Promise<Uint8Array | UnreadableBody>;
}

/** Why there is no body to verify: there is more of it than allowed, or it broke off. */
export type UnreadableBody = "too-large" | "broken-off";
