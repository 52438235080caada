/**
 * Thrown for a signature method that is unknown or not accepted. Remedy: use one of the methods that
 * are accepted; names are case-sensitive.
 */
export class SignatureMethodError extends Error {
  override readonly name = "SignatureMethodError";
  /** The stable code of the error. */
  readonly code = "ERR_SIGNATURE_METHOD";
  /** The value of `oauth_signature_method`. */
  readonly signatureMethod: string;

  constructor(signatureMethod: string, reason = "is not accepted") {
    super(`signature method ${JSON.stringify(signatureMethod)} ${reason}`);
    this.signatureMethod = signatureMethod;
  }
}

/**
 * Lists the methods that a server accepts. Every other method is rejected, so that nobody can
 * downgrade a request to a weaker one, for example RSA-SHA256 to PLAINTEXT, or to HMAC with the
 * public key as the secret.
 *
 * @param methods - The accepted methods.
 * @returns A function that returns the method of a received `oauth_signature_method`
 *   (case-sensitive), and throws {@link SignatureMethodError} if it is not listed.
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
