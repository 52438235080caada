/** What a method signs with: shared-secrets (RFC 5849 §3.4.2, §3.4.4), or an RSA key (§3.4.3). */
export type KeyType = "shared-secret" | "rsa";

/** A hash function, as Web Crypto spells its name. */
export type HashName = "SHA-1" | "SHA-256" | "SHA-512";

/**
 * What a signature method is, apart from how it signs. Whoever offers or accepts methods decides by
 * these members, and never by the name.
 */
export interface SignatureMethodDescription {
  /** The value of `oauth_signature_method`, which is case-sensitive. */
  readonly name: string;
  /** Which credentials the method signs and verifies with. */
  readonly keyType: KeyType;
  /** The hash function, as Web Crypto spells its name. Omitted where the method hashes nothing. */
  readonly hash?: string;
  /** Whether a request must carry `oauth_timestamp` and `oauth_nonce` (RFC 5849 §3.1). */
  readonly requiresNonce: boolean;
  /** Whether a signature shows the secrets to whoever sees the request (RFC 5849 §4.2). */
  readonly revealsSecrets: boolean;
}

/** A description of a method whose hash function this package has. */
export interface HashingDescription extends SignatureMethodDescription {
  readonly hash: HashName;
}

export const HMAC_SHA1: HashingDescription = {
  name: "HMAC-SHA1",
  keyType: "shared-secret",
  hash: "SHA-1",
  requiresNonce: true,
  revealsSecrets: false,
};

export const HMAC_SHA256: HashingDescription = {
  name: "HMAC-SHA256",
  keyType: "shared-secret",
  hash: "SHA-256",
  requiresNonce: true,
  revealsSecrets: false,
};

export const HMAC_SHA512: HashingDescription = {
  name: "HMAC-SHA512",
  keyType: "shared-secret",
  hash: "SHA-512",
  requiresNonce: true,
  revealsSecrets: false,
};

export const RSA_SHA1: HashingDescription = {
  name: "RSA-SHA1",
  keyType: "rsa",
  hash: "SHA-1",
  requiresNonce: true,
  revealsSecrets: false,
};

export const RSA_SHA256: HashingDescription = {
  name: "RSA-SHA256",
  keyType: "rsa",
  hash: "SHA-256",
  requiresNonce: true,
  revealsSecrets: false,
};

export const RSA_SHA512: HashingDescription = {
  name: "RSA-SHA512",
  keyType: "rsa",
  hash: "SHA-512",
  requiresNonce: true,
  revealsSecrets: false,
};

/** Its timestamp and nonce would protect nothing: whoever sees a request has the secrets. */
export const PLAINTEXT: SignatureMethodDescription = {
  name: "PLAINTEXT",
  keyType: "shared-secret",
  requiresNonce: false,
  revealsSecrets: true,
};
