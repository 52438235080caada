import { decodeBase64, encodeBase64 } from "./base64.js";
import type { HashingDescription, HashName } from "./description.js";
import { JSON_WEB_ALGORITHMS } from "./json-web-algorithms.js";
import { damagedKey } from "./keys/key-error.js";
import { type KeyMaterial, readKey } from "./keys/key-material.js";
import {
  MINIMUM_MODULUS_LENGTH,
  requireAlgorithm,
  requireModulusLength,
} from "./keys/requirements.js";
import type { KeyHalf, RsaSigningClient, RsaVerifyingClient } from "./keys/rsa-client.js";
import type { SignatureMethod } from "./signature-method.js";

/** An asynchronous RSA method of Web Crypto, for every platform. */
export type RsaMethod = SignatureMethod<Promise<string>, RsaSigningClient, RsaVerifyingClient>;

/** RSASSA-PKCS1-v1_5 with any hash function, using Web Crypto (RFC 5849 §3.4.3). */
export function rsaMethod(description: HashingDescription): RsaMethod {
  const { hash } = description;
  return {
    ...description,
    prepareToSign(client) {
      const key = importKey("private", client, hash);
      return async (baseString) => {
        const text = new TextEncoder().encode(baseString);
        const privateKey = await key;
        const octets = await crypto.subtle.sign(ALGORITHM, privateKey, text).catch(() => {
          throw damagedKey("private");
        });
        return encodeBase64(new Uint8Array(octets));
      };
    },
    prepareToVerify(client) {
      const key = importKey("public", client, hash);
      return async (baseString, signature) => {
        const octets = decodeBase64(signature);
        const text = new TextEncoder().encode(baseString);
        const publicKey = await key;
        return octets !== undefined && crypto.subtle.verify(ALGORITHM, publicKey, octets, text);
      };
    },
    bodyHash: async (body) =>
      encodeBase64(new Uint8Array(await crypto.subtle.digest(hash, Uint8Array.from(body)))),
  };
}

const ALGORITHM = "RSASSA-PKCS1-v1_5";

type CryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/**
 * Starts the import of a key. Errors in the key's format are thrown at once. Errors that only the
 * platform finds are thrown with the first signature.
 */
function importKey(
  half: KeyHalf,
  client: RsaSigningClient | RsaVerifyingClient,
  hash: HashName,
): Promise<CryptoKey> {
  const material = readKey(half, client, JSON_WEB_ALGORITHMS[hash]);
  const minimum = client.minimumModulusLength ?? MINIMUM_MODULUS_LENGTH;
  const key = importMaterial(half, material, hash).then((imported) => {
    requireModulusLength((imported.algorithm as { modulusLength?: number }).modulusLength, minimum);
    return imported;
  });
  key.catch(() => {});
  return key;
}

async function importMaterial(
  half: KeyHalf,
  material: KeyMaterial,
  hash: HashName,
): Promise<CryptoKey> {
  const usage = half === "private" ? "sign" : "verify";
  if ("cryptoKey" in material) return requireAlgorithm(material.cryptoKey, usage, hash);
  const algorithm = { name: ALGORITHM, hash };
  try {
    return "jwk" in material
      ? await crypto.subtle.importKey("jwk", material.jwk as object, algorithm, false, [usage])
      : await crypto.subtle.importKey(
          half === "private" ? "pkcs8" : "spki",
          material.der,
          algorithm,
          false,
          [usage],
        );
  } catch {
    throw damagedKey(half);
  }
}
