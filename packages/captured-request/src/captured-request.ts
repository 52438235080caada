/** A request as it is sent. */
export interface CapturedRequest {
  /** The request method, in the case in which it is sent. */
  readonly method: string;
  /**
   * The absolute URL: scheme, the host and port of the `Host` header (RFC 5849 §3.4.1.2), and the
   * request target as it is sent.
   */
  readonly url: string;
  /**
   * The headers that the text contains or implies, in order. Headers that only the sending
   * program adds, such as `User-Agent` or `Content-Length`, are in the list only if the text
   * contains them.
   */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The octets of the body; `null` if there is no body or an empty one. */
  readonly body: Uint8Array | null;
}

/** Options for information that the text of a request does not contain. */
export interface CapturedRequestOptions {
  /**
   * The scheme of a request that has only a path and a `Host`. Default: `http` if `Host` has port
   * 80, and `https` otherwise.
   */
  readonly scheme?: "http" | "https" | undefined;
  /**
   * The shell that a curl command is written for. By default it is detected: `cmd` by a caret at
   * the end of a line or before the first quote, `powershell` by a backtick there or by its prompt,
   * and `posix` otherwise.
   */
  readonly shell?: Shell | undefined;
}

/** A shell by its quoting rules. `posix` is sh, bash and zsh. */
export type Shell = "posix" | "cmd" | "powershell";
