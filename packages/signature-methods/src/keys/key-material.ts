import { decryptPrivateKey } from "#decrypt";
import {
  BIT_STRING,
  type DerElement,
  INTEGER,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  readDer,
  SEQUENCE,
  writeDer,
} from "./der.js";
import { KeyError } from "./key-error.js";
import { readPem } from "./pem.js";
import type {
  KeyHalf,
  NodeKeyObject,
  RsaJsonWebKey,
  RsaSigningClient,
  RsaVerifyingClient,
  WebCryptoKey,
} from "./rsa-client.js";

/** A key in a format that every platform imports. */
export type KeyMaterial =
  /** PKCS#8 of a private key, SPKI of a public one. */
  | { readonly der: Uint8Array<ArrayBuffer> }
  | { readonly jwk: RsaJsonWebKey }
  | { readonly cryptoKey: WebCryptoKey };

/**
 * Reads any format of a key, and detects the wrong half, a key that is not RSA, and a truncated
 * key.
 *
 * @param alg - The JSON Web Algorithm of the signature method, which a key can name.
 */
export function readKey(
  half: KeyHalf,
  client: RsaSigningClient | RsaVerifyingClient,
  alg: string,
): KeyMaterial {
  const key = (client as Partial<RsaSigningClient & RsaVerifyingClient>)[`${half}Key`];
  if (typeof key === "string") {
    return { der: readPemKey(half, key, "passphrase" in client ? client.passphrase : undefined) };
  }
  if (typeof key === "object" && key !== null) {
    if ("kty" in key) return { jwk: readJsonWebKey(half, key, alg) };
    if ("usages" in key) return { cryptoKey: requireHalf(half, key) };
    if ("export" in key) return { der: exportKeyObject(requireHalf(half, key), half) };
  }
  throw new KeyError("ERR_KEY_FORM", `the ${half} key must be PEM, JWK, CryptoKey or KeyObject`);
}

function readPemKey(half: KeyHalf, text: string, passphrase?: string): Uint8Array<ArrayBuffer> {
  const { label, octets, encryptedByHeaders } = readPem(text);
  const found = HALVES[label];
  if (found === undefined) {
    throw new KeyError(
      /^(EC|DSA) PRIVATE KEY$/.test(label) ? "ERR_KEY_NOT_RSA" : "ERR_KEY_FORM",
      `the PEM block must contain an RSA key, not ${label}`,
    );
  }
  rejectOtherHalf(half, found, label);
  if (label === "ENCRYPTED PRIVATE KEY" || encryptedByHeaders) {
    if (passphrase === undefined) {
      throw new KeyError("ERR_KEY_ENCRYPTED", "the private key is encrypted: set passphrase");
    }
    return requireRsa(half, decryptPrivateKey(text, passphrase));
  }
  switch (label) {
    case "RSA PRIVATE KEY": {
      // PKCS#1 (RFC 8017 §A.1.2) into PKCS#8 (RFC 5958 §2).
      requireSequence(octets);
      const version = writeDer(INTEGER, Uint8Array.of(0));
      return writeDer(SEQUENCE, version, rsaAlgorithm(), writeDer(OCTET_STRING, octets));
    }
    case "RSA PUBLIC KEY":
      // PKCS#1 (RFC 8017 §A.1.1) into SPKI (RFC 5280 §4.1).
      requireSequence(octets);
      return writeDer(SEQUENCE, rsaAlgorithm(), writeDer(BIT_STRING, Uint8Array.of(0), octets));
    case "CERTIFICATE":
      return requireRsa(half, subjectPublicKeyInfo(octets));
    default:
      return requireRsa(half, octets);
  }
}

/** RFC 7468 §10–§13, and the two labels of PKCS#1. */
const HALVES: Readonly<Record<string, KeyHalf | undefined>> = {
  "PRIVATE KEY": "private",
  "ENCRYPTED PRIVATE KEY": "private",
  "RSA PRIVATE KEY": "private",
  "PUBLIC KEY": "public",
  "RSA PUBLIC KEY": "public",
  CERTIFICATE: "public",
};

function rejectOtherHalf(wanted: KeyHalf, found: string, what: string): void {
  if (found === wanted) return;
  if (found !== "private" && found !== "public") {
    throw new KeyError("ERR_KEY_FORM", `the key must be an RSA key, not a ${found} key`);
  }
  throw wanted === "private"
    ? new KeyError("ERR_KEY_PUBLIC", `signing needs a private key, not a public one (${what})`)
    : new KeyError("ERR_KEY_PRIVATE", `verifying needs a public key, not a private one (${what})`);
}

function requireHalf<Key extends WebCryptoKey | NodeKeyObject>(half: KeyHalf, key: Key): Key {
  rejectOtherHalf(half, key.type, "export" in key ? "KeyObject" : "CryptoKey");
  return key;
}

function exportKeyObject(key: NodeKeyObject, half: KeyHalf): Uint8Array<ArrayBuffer> {
  if (key.asymmetricKeyType !== "rsa") {
    throw new KeyError(
      "ERR_KEY_NOT_RSA",
      `the key must be an RSA key, not ${key.asymmetricKeyType}`,
    );
  }
  return Uint8Array.from(
    key.export({ type: half === "private" ? "pkcs8" : "spki", format: "der" }),
  );
}

/** Only the members of the key itself (RFC 7518 §6.3) are passed to the platform. */
function readJsonWebKey(half: KeyHalf, jwk: RsaJsonWebKey, alg: string): RsaJsonWebKey {
  if (jwk.kty !== "RSA") throw new KeyError("ERR_KEY_NOT_RSA", "the kty of the JWK must be RSA");
  rejectOtherHalf(half, jwk.d === undefined ? "public" : "private", "JWK");
  if (jwk.alg !== undefined && jwk.alg !== alg) {
    throw new KeyError("ERR_KEY_ALGORITHM", `the alg of the JWK must be ${alg}, not ${jwk.alg}`);
  }
  const { n, e, d, p, q, dp, dq, qi } = jwk;
  const members = half === "public" ? { n, e } : { n, e, d, p, q, dp, dq, qi };
  // Platforms differ in what they accept as base64url (RFC 4648 §5).
  if (Object.values(members).some((member) => !/^[\w-]+$/.test(String(member)))) throw malformed();
  return { kty: "RSA", ...members };
}

/** X.509 (RFC 5280 §4.1): version is optional, and subjectPublicKeyInfo is the sixth after it. */
function subjectPublicKeyInfo(certificate: Uint8Array): Uint8Array {
  const [tbsCertificate] = requireSequence(certificate);
  const fields = readDer(tbsCertificate?.contents ?? new Uint8Array());
  const version = fields[0]?.tag === 0xa0 ? 1 : 0;
  const info = fields[version + 5];
  if (info?.tag !== SEQUENCE) throw malformed();
  return info.octets;
}

/** Checks that PKCS#8 or SPKI is complete and names rsaEncryption (RFC 8017 §A.1). */
function requireRsa(half: KeyHalf, der: Uint8Array): Uint8Array<ArrayBuffer> {
  const algorithm = requireSequence(der)[half === "private" ? 1 : 0];
  const [identifier] = readDer(algorithm?.contents ?? new Uint8Array());
  if (identifier?.tag !== OBJECT_IDENTIFIER) throw malformed();
  if (identifier.contents.join() !== RSA_ENCRYPTION.join()) {
    throw new KeyError("ERR_KEY_NOT_RSA", `the ${half} key must be an RSA key`);
  }
  return Uint8Array.from(der);
}

function requireSequence(octets: Uint8Array): DerElement[] {
  const [outer, ...more] = readDer(octets);
  if (outer?.tag !== SEQUENCE || more.length > 0) throw malformed();
  return readDer(outer.contents);
}

function malformed(): KeyError {
  return new KeyError(
    "ERR_KEY_MALFORMED",
    "the key is damaged, or is not in the format that it names",
  );
}

/** 1.2.840.113549.1.1.1 */
const RSA_ENCRYPTION = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/** AlgorithmIdentifier of rsaEncryption, with its NULL parameters. */
function rsaAlgorithm(): Uint8Array {
  return writeDer(
    SEQUENCE,
    writeDer(OBJECT_IDENTIFIER, Uint8Array.from(RSA_ENCRYPTION)),
    Uint8Array.of(0x05, 0x00),
  );
}
