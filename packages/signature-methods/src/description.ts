/** What a method signs with: shared-secrets (RFC 5849 §3.4.2, §3.4.4), or an RSA key (§3.4.3). */
export type KeyType = "shared-secret" | "rsa";

/** A hash function, as Web Crypto spells its name. */
export type HashName = "SHA-1" | "SHA-256" | "SHA-512";

/**
 * The properties of a signature method, apart from how it signs. Code that offers or accepts
 * methods uses these members, and never the name.
 */
export interface SignatureMethodDescription {
  /** The value of `oauth_signature_method`, which is case-sensitive. */
  readonly name: string;
  /** The credentials that the method signs and verifies with. */
  readonly keyType: KeyType;
  /** The hash function, as Web Crypto spells its name. Omitted if the method does not hash. */
  readonly hash?: string;
  /** True if a request must have `oauth_timestamp` and `oauth_nonce` (RFC 5849 §3.1). */
  readonly requiresNonce: boolean;
  /** True if a signature reveals the secrets to anyone who sees the request (RFC 5849 §4.2). */
  readonly revealsSecrets: boolean;
}

/** The name of a method of this package. */
export type KnownMethodName =
  | "HMAC-SHA1"
  | "HMAC-SHA256"
  | "HMAC-SHA512"
  | "RSA-SHA1"
  | "RSA-SHA256"
  | "RSA-SHA512"
  | "PLAINTEXT";

/** The description of a method whose hash function this package has. */
export interface HashingDescription extends SignatureMethodDescription {
  readonly name: KnownMethodName;
  readonly hash: HashName;
}

/** The description of a method that does not hash. */
export interface HashlessDescription extends SignatureMethodDescription {
  readonly name: KnownMethodName;
  readonly hash?: never;
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

/** A timestamp and nonce would not protect anything: anyone who sees a request has the secrets. */
export const PLAINTEXT: HashlessDescription = {
  name: "PLAINTEXT",
  keyType: "shared-secret",
  requiresNonce: false,
  revealsSecrets: true,
};
