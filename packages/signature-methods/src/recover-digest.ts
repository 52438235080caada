/**
 * Recovers what an RSA signature signed.
 *
 * @module
 */

import { encodeBase64 } from "./base64.js";
import type { HashName } from "./description.js";
import { BIT_STRING, type DerElement, INTEGER, readDer, SEQUENCE } from "./keys/der.js";
import { damagedKey, KeyError } from "./keys/key-error.js";
import { readKey } from "./keys/key-material.js";
import type { RsaVerifyingClient } from "./keys/rsa-client.js";

/** A signed digest. */
export interface RecoveredDigest {
  /** The hash function that the signature names, as Web Crypto spells it. */
  readonly hash: HashName;
  /** The digest, in base64. */
  readonly digest: string;
}

/**
 * Recovers the digest that an RSASSA-PKCS1-v1_5 signature signed. Verifying a signature
 * compares it with one text. With the recovered digest, a tool can compare any number of texts
 * after one operation with the public key.
 *
 * @param client - The public key, in any form except a `CryptoKey`, which does not expose its
 * numbers.
 * @param signature - The octets of the signature.
 * @returns `undefined` if the private key of this public key did not make the signature, or made it
 * with a hash function that this package does not have.
 * @throws KeyError if the key cannot be read.
 * @see RFC 5849 §3.4.3, RFC 8017 §8.2.2, §9.2
 *
 * @example
 * ```ts
 * const publicKey = { kty: "RSA", n: `${"_".repeat(341)}w`, e: "AQAB" };
 * recoverDigest({ publicKey }, new Uint8Array(256)); // undefined
 * ```
 */
export function recoverDigest(
  client: Pick<RsaVerifyingClient, "publicKey">,
  signature: Uint8Array,
): RecoveredDigest | undefined {
  const { n, e } = readNumbers(client);
  const length = octetsOf(n).length;
  const message = integerOf(signature);
  // RFC 8017 §8.2.2 step 1, §5.2.2.
  if (signature.length !== length || message >= n) return undefined;
  const encoded = new Uint8Array(length);
  const octets = octetsOf(power(message, e, n));
  encoded.set(octets, length - octets.length);
  for (const [hash, identifier, size] of DIGEST_INFO) {
    const digest = encoded.subarray(length - size);
    // §9.2: each digest has exactly one encoding, because it determines every other octet.
    const start = length - size - identifier.length;
    const rest = encoded.subarray(start, length - size);
    const padding = encoded.subarray(2, start - 1);
    if (
      padding.length >= 8 &&
      encoded[0] === 0 &&
      encoded[1] === 1 &&
      padding.every((octet) => octet === 0xff) &&
      encoded[start - 1] === 0 &&
      rest.every((octet, index) => octet === identifier[index])
    ) {
      return { hash, digest: encodeBase64(digest) };
    }
  }
  return undefined;
}

/** RFC 8017 §9.2 note 1: what precedes the digest in its DigestInfo, and the digest's length. */
const DIGEST_INFO: readonly (readonly [RecoveredDigest["hash"], readonly number[], number])[] = [
  ["SHA-1", [0x30, 0x21, 0x30, 9, 6, 5, 0x2b, 0x0e, 3, 2, 0x1a, 5, 0, 4, 20], 20],
  [
    "SHA-256",
    [0x30, 0x31, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 32],
    32,
  ],
  [
    "SHA-512",
    [0x30, 0x51, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3, 5, 0, 4, 64],
    64,
  ],
];

interface RsaNumbers {
  readonly n: bigint;
  readonly e: bigint;
}

function readNumbers(client: Pick<RsaVerifyingClient, "publicKey">): RsaNumbers {
  // Here, the algorithm that a JWK names does not restrict the hash function.
  const { publicKey } = client;
  const key =
    typeof publicKey === "object" && publicKey !== null && "kty" in publicKey
      ? { ...publicKey, alg: undefined }
      : publicKey;
  const material = readKey("public", { publicKey: key }, "");
  if ("cryptoKey" in material) {
    throw new KeyError("ERR_KEY_FORM", "publicKey must be PEM, a JWK or a KeyObject");
  }
  const numbers =
    "jwk" in material
      ? [material.jwk.n, material.jwk.e].map((member) => integerOf(fromBase64Url(member ?? "")))
      : integersOf(material.der);
  const [n, e] = numbers;
  if (n === undefined || e === undefined || n < 3n || e < 3n || e >= 1n << 256n) {
    throw damagedKey("public");
  }
  return { n, e };
}

/** Modulus and exponent of a SubjectPublicKeyInfo (RFC 5280 §4.1, RFC 8017 §A.1.1). */
function integersOf(der: Uint8Array): bigint[] {
  const [info] = readDer(der);
  const bits = find(readDer(info?.contents ?? new Uint8Array()), BIT_STRING);
  // The first octet of a bit string counts its unused bits.
  const key = find(readDer(bits.subarray(1)), SEQUENCE);
  return readDer(key)
    .filter(({ tag }) => tag === INTEGER)
    .map(({ contents }) => integerOf(contents));
}

function find(elements: readonly DerElement[], tag: number): Uint8Array {
  const element = elements.find((candidate) => candidate.tag === tag);
  if (element === undefined) throw damagedKey("public");
  return element.contents;
}

function fromBase64Url(text: string): Uint8Array {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function integerOf(octets: Uint8Array): bigint {
  let digits = "0x0";
  for (const octet of octets) digits += (octet + 256).toString(16).slice(1);
  return BigInt(digits);
}

function octetsOf(integer: bigint): Uint8Array {
  const digits = integer.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return Uint8Array.from(even.match(/../g) ?? [], (pair) => Number(`0x${pair}`));
}

/** Handles public numbers only, so it does not have to run in constant time. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}
