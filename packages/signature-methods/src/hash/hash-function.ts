/** A hash function of the platform, synchronous, as HMAC and alone. Results are base64. */
export interface HashFunction {
  /** HMAC (RFC 2104) with a prepared key; key and text are hashed as UTF-8. */
  prepareHmac(key: string): (text: string) => string;
  digest(octets: Uint8Array): string;
}
