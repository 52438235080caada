/** Thrown for a signature method that is not accepted, or unknown. */
export class SignatureMethodError extends Error {
  override readonly name = "SignatureMethodError";
  /** What is wrong. Stable, to switch on. */
  readonly code = "ERR_SIGNATURE_METHOD";
  /** The value of `oauth_signature_method`. */
  readonly signatureMethod: string;

  constructor(signatureMethod: string, reason = "is not accepted") {
    super(`signature method ${JSON.stringify(signatureMethod)} ${reason}`);
    this.signatureMethod = signatureMethod;
  }
}

/**
 * Lists the methods that a server accepts. Any other is refused, so that nobody downgrades a
 * request to a weaker one: RSA-SHA256 to PLAINTEXT, say, or to HMAC with the public key as secret.
 *
 * @param methods - The accepted methods.
 * @returns What gives the method of a received `oauth_signature_method`, which has a case, and
 * throws {@link SignatureMethodError} for one that is not listed.
 * @see RFC 5849 §3.2, §3.4
 *
 * @example
 * ```ts
 * const accepted = acceptSignatureMethods([hmacSha256]);
 * accepted("HMAC-SHA256") === hmacSha256; // true
 * ```
 */
export function acceptSignatureMethods<Method extends { readonly name: string }>(
  methods: readonly Method[],
): (signatureMethod: string) => Method {
  const byName = new Map(methods.map((method) => [method.name, method]));
  return (signatureMethod) => {
    const method = byName.get(signatureMethod);
    if (method === undefined) throw new SignatureMethodError(signatureMethod);
    return method;
  };
}
