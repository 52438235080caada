/** The options of a diagnosis: information besides the request and the secrets. */
export interface DiagnosisOptions {
  /** The base string that the client claims to have signed, as it prints it. */
  readonly baseString?: string | undefined;
  /**
   * Hosts that the client may have signed instead of the URL's, each with its port unless it is
   * the default port. For example, the internal host of a server behind a proxy. At most 16 are
   * tried.
   */
  readonly hosts?: readonly string[] | undefined;
  /**
   * Path prefixes, such as `/api`, that the client may have signed although the server does not
   * see them, or the reverse. At most 16 are tried.
   */
  readonly pathPrefixes?: readonly string[] | undefined;
  /** The names of the accepted signature methods. Default: all seven known methods. */
  readonly signatureMethods?: readonly string[] | undefined;
  /**
   * The time in seconds since 1970. With `null`, the timestamp is not compared with a clock,
   * for requests of the past. Default: the system's clock.
   */
  readonly now?: number | null | undefined;
  /**
   * The seconds by which a timestamp may differ from the clock in either direction. Default:
   * 300.
   */
  readonly timestampTolerance?: number | undefined;
  /** If `true`, PLAINTEXT is accepted over http too (RFC 5849 §3.4.4). Default: `false`. */
  readonly allowInsecureTransport?: boolean | undefined;
  /**
   * Bounds the search: about the number of characters that it writes and hashes. Default: 10
   * million, which take less than a tenth of a second on one core.
   */
  readonly effort?: number | undefined;
}
