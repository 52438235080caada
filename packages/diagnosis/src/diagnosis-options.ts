/** What is known besides the request and the secrets. */
export interface DiagnosisOptions {
  /** The base string that the client claims to have signed, as it prints it. */
  readonly baseString?: string | undefined;
  /**
   * Hosts that the client may have signed in place of the URL's, each with its port where that is
   * not the default: the internal host of a server behind a proxy, say. At most 16 are tried.
   */
  readonly hosts?: readonly string[] | undefined;
  /**
   * Starts of the path, such as `/api`, that the client may have signed though the server does not
   * see them, or the other way round. At most 16 are tried.
   */
  readonly pathPrefixes?: readonly string[] | undefined;
  /** The names of the signature methods that are accepted. Default: all seven that are known. */
  readonly signatureMethods?: readonly string[] | undefined;
  /**
   * The time in seconds since 1970. `null` compares no timestamp with a clock, for requests of the
   * past. Default: the system's clock.
   */
  readonly now?: number | null | undefined;
  /** Seconds by which a timestamp may differ from the clock, both ways. Default: 300. */
  readonly timestampTolerance?: number | undefined;
  /** Whether PLAINTEXT is accepted over http too (RFC 5849 §3.4.4). Default: `false`. */
  readonly allowInsecureTransport?: boolean | undefined;
  /**
   * Bounds the search: about the number of characters that it writes and hashes. Default: 10
   * million, which take less than a tenth of a second on one core.
   */
  readonly effort?: number | undefined;
}
