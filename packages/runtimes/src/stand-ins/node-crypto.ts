// Replaces `node:crypto` in bundles without Node: the properties' references, with a library and a
// computation that share no code with these packages. They must be synchronous, which Web Crypto is
// not.
import JsSha from "jssha";
import { publicJwkOf, signRsa } from "./rsa.js";

type Text = string | Uint8Array;

interface Digesting {
  update(input: Text, encoding?: "utf8"): Digesting;
  digest(encoding: "base64"): string;
}

/** A hash of octets, or of text as UTF-8. */
export function createHash(algorithm: string): Digesting {
  return digesting(new JsSha(hashNamed(algorithm), "UINT8ARRAY"));
}

/** HMAC (RFC 2104) with a key that is text as UTF-8. */
export function createHmac(algorithm: string, key: string): Digesting {
  const hmacKey = { value: octetsOf(key), format: "UINT8ARRAY" } as const;
  return digesting(new JsSha(hashNamed(algorithm), "UINT8ARRAY", { hmacKey }));
}

/** RSASSA-PKCS1-v1_5 with a private key in PEM. Its `toString` supports only base64. */
export function sign(
  algorithm: string,
  message: Uint8Array,
  privateKey: string,
): { toString(encoding: "base64"): string } {
  const name = hashNamed(algorithm);
  const hash = new JsSha(name, "UINT8ARRAY").update(message).getHash("UINT8ARRAY");
  const signature = signRsa(name, hash, privateKey);
  return { toString: () => btoa(String.fromCharCode(...signature)) };
}

/** The public half of a private key in PEM. Its `export` supports only JSON Web Keys. */
export function createPublicKey(privateKey: string): { export(): object } {
  return { export: () => publicJwkOf(privateKey) };
}

const HASHES = { sha1: "SHA-1", sha256: "SHA-256", sha512: "SHA-512" } as const;

/** node:crypto ignores the case of these names. */
function hashNamed(algorithm: string): (typeof HASHES)[keyof typeof HASHES] {
  const name = algorithm.toLowerCase();
  if (!Object.hasOwn(HASHES, name)) throw new RangeError(`unsupported hash function: ${algorithm}`);
  return HASHES[name as keyof typeof HASHES];
}

function digesting(state: InstanceType<typeof JsSha>): Digesting {
  return {
    update(input) {
      state.update(octetsOf(input));
      return this;
    },
    digest: () => state.getHash("B64"),
  };
}

function octetsOf(input: Text): Uint8Array {
  return typeof input === "string" ? new TextEncoder().encode(input) : input;
}
