import { createHmac, createPublicKey, type JsonWebKey, sign } from "node:crypto";
import { findSignatureMethod } from "@oauth1/signature-methods/registry";
import { encode } from "./encode.js";

/** The keys of a signature. */
export interface Secrets {
  readonly clientSharedSecret: string;
  /** Empty without a token. */
  readonly tokenSharedSecret: string;
  /** PEM, for RSA. */
  readonly privateKey?: string | undefined;
}

/** The key of HMAC and the signature of PLAINTEXT (RFC 5849 §3.4.2, §3.4.4). */
export function sharedSecretKey({ clientSharedSecret, tokenSharedSecret }: Secrets): string {
  return `${encode(clientSharedSecret)}&${encode(tokenSharedSecret)}`;
}

/**
 * The signature of a signature base string by node:crypto (RFC 5849 §3.4), in base64 if it is
 * octets. The registry determines the key and the hash function of a method. The vectors with
 * published signatures verify the registry.
 *
 * @returns undefined for an unknown signature method, and for RSA without its key.
 */
export function signatureOf(
  baseString: string,
  signatureMethod: string,
  secrets: Secrets,
): string | undefined {
  const method = findSignatureMethod(signatureMethod);
  if (method === undefined) return undefined;
  if (method.keyType === "shared-secret") {
    const key = sharedSecretKey(secrets);
    return method.hash === undefined ? key : hmac(method.hash, key, baseString);
  }
  if (secrets.privateKey === undefined) return undefined;
  // RSASSA-PKCS1-v1_5 is the default of node:crypto for an RSA key.
  return sign(nodeName(method.hash), Buffer.from(baseString), secrets.privateKey).toString(
    "base64",
  );
}

/**
 * The public half of an RSA key.
 *
 * @param privateKey - PEM.
 */
export function publicKeyOf(privateKey: string): JsonWebKey {
  return createPublicKey(privateKey).export({ format: "jwk" });
}

/**
 * The HMAC of text, in base64.
 *
 * @param hash - The hash function, as Web Crypto spells its name: `SHA-256`.
 */
export function hmac(hash: string, key: string, text: string): string {
  return createHmac(nodeName(hash), key).update(text, "utf8").digest("base64");
}

/** `SHA-256` is `sha256` to node:crypto. */
function nodeName(hash = ""): string {
  return hash.replace("-", "").toLowerCase();
}
