/** A `CryptoKey` of Web Crypto, by the members that are read here. */
export interface WebCryptoKey {
  readonly type: string;
  readonly usages: readonly string[];
  readonly algorithm: { readonly name: string };
}

/** A `KeyObject` of node:crypto, by the members that are read here. */
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

/** What of the client credentials RSA signs with (RFC 5849 §3.4.3). */
export interface RsaSigningClient {
  /**
   * PEM text (PKCS#8, PKCS#1, or either encrypted, with `passphrase`), a JSON Web Key, a
   * `CryptoKey` or a `KeyObject`.
   */
  readonly privateKey: string | RsaJsonWebKey | WebCryptoKey | NodeKeyObject;
  /** For an encrypted PEM. Only where node:crypto is. */
  readonly passphrase?: string | undefined;
  /** Bits that the modulus has at the least: 2048 where left out. */
  readonly minimumModulusLength?: number | undefined;
}

/** What of the client credentials RSA verifies with (RFC 5849 §3.4.3). */
export interface RsaVerifyingClient {
  /**
   * PEM text (SPKI, PKCS#1 or an X.509 certificate), a JSON Web Key, a `CryptoKey` or a
   * `KeyObject`. Of a certificate only the key is read: whom it names, who signed it and until
   * when it holds is for the caller to check.
   */
  readonly publicKey: string | RsaJsonWebKey | WebCryptoKey | NodeKeyObject;
  /** Bits that the modulus has at the least: 2048 where left out. */
  readonly minimumModulusLength?: number | undefined;
}

/** Which of the two halves of a key pair is needed. */
export type KeyHalf = "private" | "public";
