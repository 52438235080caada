import { equalInConstantTime } from "@oauth1/hmac-sha1/constant-time";
import type { RsaVerifyingClient } from "@oauth1/signature-methods";
import type { KnownMethodDescription } from "@oauth1/signature-methods/descriptions";
import { hashFunctions } from "@oauth1/signature-methods/hash-functions";
import { recoverDigest } from "@oauth1/signature-methods/recover-digest";
import type { MistakeName } from "./mistakes.js";
import type { Proof } from "./search.js";
import type { Secrets } from "./secrets.js";
import { readSignature, unescapeSignature } from "./signature-form.js";

/** One interpretation of the received signature, with what must match it. */
export interface Interpretation {
  /** The mistakes in how the signature is written. */
  readonly mistakes: readonly MistakeName[];
  readonly proof: Proof;
}

/**
 * The interpretations of a signature. Empty if it cannot be a signature of the method, whatever
 * was signed.
 *
 * @throws KeyError if the public key cannot be read.
 */
export function interpretationsOf(
  signature: string,
  method: KnownMethodDescription,
  { publicKey }: Secrets,
): Interpretation[] {
  if (method.keyType === "rsa") {
    return publicKey === undefined ? [] : rsaInterpretations(signature, method, publicKey);
  }
  return method.hash === undefined
    ? plaintextInterpretations(signature)
    : hmacInterpretations(signature, method);
}

/**
 * The interpretations of an HMAC signature (RFC 5849 §3.4.2). The length of the digest
 * determines the hash function, whatever `oauth_signature_method` names.
 */
function hmacInterpretations(signature: string, method: KnownMethodDescription): Interpretation[] {
  const form = readSignature(signature, (length) => HASH_BY_LENGTH.has(length));
  const hash = form && HASH_BY_LENGTH.get(form.octets.length);
  if (hash === undefined) return [];
  const digest = base64(form?.octets ?? new Uint8Array());
  const prepared = new Map<string, (text: string) => string>();
  return [
    {
      mistakes: withWrongHash(form?.mistakes ?? [], hash, method),
      proof: {
        usesBaseString: true,
        usesKey: true,
        matches(baseString, key) {
          const sign = prepared.get(key) ?? hashFunctions[hash].prepareHmac(key);
          prepared.set(key, sign);
          return equalInConstantTime(sign(baseString), digest);
        },
      },
    },
  ];
}

const HASH_BY_LENGTH: ReadonlyMap<number, keyof typeof hashFunctions> = new Map([
  [20, "SHA-1"],
  [32, "SHA-256"],
  [64, "SHA-512"],
]);

/**
 * The interpretations of an RSA signature (RFC 5849 §3.4.3).
 *
 * @throws KeyError if the key cannot be read.
 */
function rsaInterpretations(
  signature: string,
  method: KnownMethodDescription,
  publicKey: RsaVerifyingClient["publicKey"],
): Interpretation[] {
  // RFC 8017 §3.1: a signature is as long as the modulus. Shorter moduli are not used.
  const form = readSignature(signature, (length) => length >= 64);
  const recovered = recoverDigest({ publicKey }, form?.octets ?? new Uint8Array());
  if (form === undefined || recovered === undefined) return [];
  const { hash, digest } = recovered;
  const encoder = new TextEncoder();
  return [
    {
      mistakes: withWrongHash(form.mistakes, hash, method),
      proof: {
        usesBaseString: true,
        usesKey: false,
        matches: (baseString) =>
          equalInConstantTime(hashFunctions[hash].digest(encoder.encode(baseString)), digest),
      },
    },
  ];
}

/** The interpretations of a PLAINTEXT signature, which is the key (RFC 5849 §3.4.4). */
function plaintextInterpretations(signature: string): Interpretation[] {
  const { text, mistakes } = unescapeSignature(signature);
  const interpretation = (received: string, names: readonly MistakeName[]): Interpretation => ({
    mistakes: names,
    proof: {
      usesBaseString: false,
      usesKey: true,
      matches: (_, key) => equalInConstantTime(key, received),
    },
  });
  const asItIs = interpretation(signature, []);
  return text === signature ? [asItIs] : [asItIs, interpretation(text, mistakes)];
}

/** Returns true if a draft produces the base string that a client claims. */
export function textProof(claimed: string): Proof {
  return { usesBaseString: true, usesKey: false, matches: (baseString) => baseString === claimed };
}

function withWrongHash(
  mistakes: readonly MistakeName[],
  hash: string,
  method: KnownMethodDescription,
): readonly MistakeName[] {
  return hash === method.hash ? mistakes : [...mistakes, "WrongHash"];
}

function base64(octets: Uint8Array): string {
  return btoa(String.fromCharCode(...octets));
}
