/** A synchronous hash function of the platform, for HMAC and plain digests. Results are base64. */
export interface HashFunction {
  /** HMAC (RFC 2104) with a prepared key. Key and text are hashed as UTF-8. */
  prepareHmac(key: string): (text: string) => string;
  /** The hash of octets. */
  digest(octets: Uint8Array): string;
}
