// Synchronous RSA that shares no code with the tested packages. Its duration depends on the key, so
// use it only for keys that are not secret.

/** The bytes before the hash: DigestInfo in DER (RFC 8017 §9.2, note 1). */
const DIGEST_INFOS = {
  "SHA-1": "3021300906052b0e03021a05000414",
  "SHA-256": "3031300d060960864801650304020105000420",
  "SHA-512": "3051300d060960864801650304020305000440",
} as const;

/**
 * Returns the signature RSASSA-PKCS1-v1_5 of a hash (RFC 8017 §8.2.1).
 *
 * @param privateKey - PKCS #8 in PEM, not encrypted.
 * @throws RangeError for anything else.
 */
export function signRsa(
  name: keyof typeof DIGEST_INFOS,
  hash: Uint8Array,
  privateKey: string,
): Uint8Array {
  const { n, p, q, dP, dQ, qInv } = readPrivateKey(privateKey);
  const digits = Math.ceil(n.toString(16).length / 2) * 2;
  const info = `00${DIGEST_INFOS[name]}${hexOf(hash)}`;
  const message = BigInt(`0x0001${info.padStart(digits - 4, "f")}`);
  // Uses the Chinese remainder theorem (RFC 8017 §5.1.2, step 2b).
  const second = power(message, dQ, q);
  const difference = (((power(message, dP, p) - second) * qInv) % p) + p;
  const signature = second + q * (difference % p);
  return octetsOf(signature.toString(16).padStart(digits, "0"));
}

/** The public half of a private key (RFC 7517 §9.3), in the forms that signRsa takes. */
export function publicJwkOf(privateKey: string): { kty: "RSA"; n: string; e: string } {
  const { n, e } = readPrivateKey(privateKey);
  return { kty: "RSA", n: base64Url(n), e: base64Url(e) };
}

function base64Url(number: bigint): string {
  const hex = number.toString(16);
  const octets = octetsOf(hex.padStart(hex.length + (hex.length % 2), "0"));
  return btoa(String.fromCharCode(...octets))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const digit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (digit === "1") result = (result * base) % modulus;
  }
  return result;
}

/** The numbers of RSAPrivateKey (RFC 8017 §A.1.2) within PrivateKeyInfo (RFC 5208 §5). */
function readPrivateKey(pem: string) {
  const base64 = /^-----BEGIN PRIVATE KEY-----\n([^-]+)-----END/.exec(pem)?.[1];
  if (base64 === undefined) throw new RangeError("the private key must be PKCS #8 in PEM");
  const [info] = elements(Uint8Array.from(atob(base64), (octet) => octet.charCodeAt(0)));
  const [, , octets] = elements(info);
  const [sequence] = elements(octets);
  const numbers = elements(sequence).map((octets) => BigInt(`0x${hexOf(octets)}`));
  if (numbers.length !== 9)
    throw new RangeError("the private key must be an RSA key of two primes");
  const [, n = 0n, e = 0n, , p = 0n, q = 0n, dP = 0n, dQ = 0n, qInv = 0n] = numbers;
  return { n, e, p, q, dP, dQ, qInv };
}

/** The contents of consecutive DER elements. */
function elements(der: Uint8Array | undefined): Uint8Array[] {
  const contents: Uint8Array[] = [];
  for (let at = 1; der !== undefined && at < der.length; at++) {
    let length = der[at++] as number;
    if (length > 0x7f) {
      const end = at + (length & 0x7f);
      for (length = 0; at < end; at++) length = length * 256 + (der[at] as number);
    }
    contents.push(der.subarray(at, at + length));
    at += length;
  }
  return contents;
}

function hexOf(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("");
}

function octetsOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16));
}
