/** A `CryptoKey` of Web Crypto, reduced to the members that are read here. */
export interface WebCryptoKey {
  readonly type: string;
  readonly usages: readonly string[];
  readonly algorithm: { readonly name: string };
}

/** A `KeyObject` of node:crypto, reduced to the members that are read here. */
export interface NodeKeyObject {
  readonly type: string;
  readonly asymmetricKeyType?: string | undefined;
  /** The key as DER. */
  export(options: { type: "pkcs8" | "spki"; format: "der" }): Uint8Array;
}

/** An RSA key as a JSON Web Key (RFC 7517, RFC 7518 §6.3). */
export interface RsaJsonWebKey {
  readonly kty?: string | undefined;
  readonly n?: string | undefined;
  readonly e?: string | undefined;
  readonly d?: string | undefined;
  readonly p?: string | undefined;
  readonly q?: string | undefined;
  readonly dp?: string | undefined;
  readonly dq?: string | undefined;
  readonly qi?: string | undefined;
  readonly alg?: string | undefined;
}

/** The part of the client credentials that RSA signs with (RFC 5849 §3.4.3). */
export interface RsaSigningClient {
  /**
   * PEM text (PKCS#8 or PKCS#1, which can be encrypted with `passphrase`), a JSON Web Key, a
   * `CryptoKey` or a `KeyObject`.
   */
  readonly privateKey: string | RsaJsonWebKey | WebCryptoKey | NodeKeyObject;
  /** The passphrase of an encrypted PEM. Needs node:crypto. */
  readonly passphrase?: string | undefined;
  /** The minimum length of the modulus in bits. Default: 2048. */
  readonly minimumModulusLength?: number | undefined;
}

/** The part of the client credentials that RSA verifies with (RFC 5849 §3.4.3). */
export interface RsaVerifyingClient {
  /**
   * PEM text (SPKI, PKCS#1 or an X.509 certificate), a JSON Web Key, a `CryptoKey` or a
   * `KeyObject`. Only the key of a certificate is read: the caller checks its subject, its issuer
   * and its validity period.
   */
  readonly publicKey: string | RsaJsonWebKey | WebCryptoKey | NodeKeyObject;
  /** The minimum length of the modulus in bits. Default: 2048. */
  readonly minimumModulusLength?: number | undefined;
}

/** The half of a key pair. */
export type KeyHalf = "private" | "public";
