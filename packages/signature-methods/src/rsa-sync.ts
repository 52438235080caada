import {
  createHash,
  createPrivateKey,
  createPublicKey,
  KeyObject,
  sign as signRsa,
  verify as verifyRsa,
} from "node:crypto";
import { decodeBase64 } from "./base64.js";
import type { HashingDescription, HashName } from "./description.js";
import { JSON_WEB_ALGORITHMS } from "./json-web-algorithms.js";
import { damagedKey } from "./keys/key-error.js";
import { readKey } from "./keys/key-material.js";
import {
  MINIMUM_MODULUS_LENGTH,
  requireAlgorithm,
  requireModulusLength,
} from "./keys/requirements.js";
import type { KeyHalf, RsaSigningClient, RsaVerifyingClient } from "./keys/rsa-client.js";
import type { SignatureMethod } from "./signature-method.js";

/** A synchronous RSA method of node:crypto, for Node, Bun and Deno. */
export type RsaSyncMethod = SignatureMethod<string, RsaSigningClient, RsaVerifyingClient>;

/** RSASSA-PKCS1-v1_5 with any hash function, using node:crypto (RFC 5849 §3.4.3). */
export function rsaSyncMethod(description: HashingDescription): RsaSyncMethod {
  const { hash } = description;
  const algorithm = hash.replace("-", "");
  return {
    ...description,
    prepareToSign(client) {
      const key = importKey("private", client, hash);
      return (baseString) => {
        try {
          return signRsa(algorithm, Buffer.from(baseString, "utf8"), key).toString("base64");
        } catch {
          throw damagedKey("private");
        }
      };
    },
    prepareToVerify(client) {
      const key = importKey("public", client, hash);
      return (baseString, signature) => {
        const octets = decodeBase64(signature);
        return (
          octets !== undefined && verifyRsa(algorithm, Buffer.from(baseString, "utf8"), key, octets)
        );
      };
    },
    bodyHash: (body) => createHash(algorithm).update(body).digest("base64"),
  };
}

function importKey(
  half: KeyHalf,
  client: RsaSigningClient | RsaVerifyingClient,
  hash: HashName,
): KeyObject {
  const material = readKey(half, client, JSON_WEB_ALGORITHMS[hash]);
  const key =
    "cryptoKey" in material
      ? KeyObject.from(
          requireAlgorithm(material.cryptoKey, half === "private" ? "sign" : "verify", hash),
        )
      : createKey(
          half,
          "jwk" in material
            ? { key: { ...material.jwk }, format: "jwk" }
            : {
                key: Buffer.from(material.der),
                format: "der",
                type: half === "private" ? "pkcs8" : "spki",
              },
        );
  requireModulusLength(
    key.asymmetricKeyDetails?.modulusLength,
    client.minimumModulusLength ?? MINIMUM_MODULUS_LENGTH,
  );
  return key;
}

function createKey(half: KeyHalf, input: object): KeyObject {
  try {
    const create: (input: never) => KeyObject =
      half === "private" ? createPrivateKey : createPublicKey;
    return create(input as never);
  } catch {
    throw damagedKey(half);
  }
}
