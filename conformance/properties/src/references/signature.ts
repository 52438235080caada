import { createHmac, sign } from "node:crypto";
import { encode } from "./encode.js";

/** What a signature is made with. */
export interface Secrets {
  readonly clientSharedSecret: string;
  /** Empty without a token. */
  readonly tokenSharedSecret: string;
  /** PEM, for RSA. */
  readonly privateKey?: string | undefined;
}

/** The hash function of each method that has one, by the name that node:crypto knows. */
const HASHES: Readonly<Record<string, string>> = {
  SHA1: "sha1",
  SHA256: "sha256",
  SHA512: "sha512",
};

/** The key of HMAC and the signature of PLAINTEXT (RFC 5849 §3.4.2, §3.4.4). */
export function sharedSecretKey({ clientSharedSecret, tokenSharedSecret }: Secrets): string {
  return `${encode(clientSharedSecret)}&${encode(tokenSharedSecret)}`;
}

/**
 * The signature of a signature base string by node:crypto (RFC 5849 §3.4), in base64 where it is
 * octets.
 *
 * @returns undefined for a signature method that is none of the seven, and for RSA without its key.
 */
export function signatureOf(
  baseString: string,
  signatureMethod: string,
  secrets: Secrets,
): string | undefined {
  if (signatureMethod === "PLAINTEXT") return sharedSecretKey(secrets);
  const [family, hashName = ""] = signatureMethod.split("-");
  const hash = HASHES[hashName];
  if (hash === undefined) return undefined;
  if (family === "HMAC") return hmac(hash, sharedSecretKey(secrets), baseString);
  if (family !== "RSA" || secrets.privateKey === undefined) return undefined;
  // RSASSA-PKCS1-v1_5, which is what node:crypto does with an RSA key where nothing else is said.
  return sign(hash, Buffer.from(baseString), secrets.privateKey).toString("base64");
}

/** The HMAC of text, in base64. */
export function hmac(hash: string, key: string, text: string): string {
  return createHmac(hash, key).update(text, "utf8").digest("base64");
}
