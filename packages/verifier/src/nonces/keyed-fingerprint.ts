import type { SpendableNonce } from "../nonce-store.js";
import { type SiphashKey, siphash128 } from "./siphash.js";

/** The number of groups that {@link groupOf} distinguishes. */
export const GROUPS = 0x1_0000;

/**
 * Returns a function that maps a nonce and the values with which it must be unique (RFC 5849 §3.3)
 * to 128 bits, with a secret random key. Nobody can construct two nonces with the same fingerprint.
 * 16 of the bits depend on the client alone. The next call overwrites the result.
 */
export function keyedFingerprint(): (nonce: SpendableNonce) => Int32Array {
  const key = [...crypto.getRandomValues(new Int32Array(4))] as unknown as SiphashKey;
  // Odd, so that the multiplication loses no bit.
  const multiplier = (crypto.getRandomValues(new Int32Array(1))[0] as number) | 1;
  const fingerprint = new Int32Array(4);
  let octets = new Uint8Array(512);
  let view = new DataView(octets.buffer);

  return ({ client, token, timestamp, nonce }) => {
    const longest = 16 + 3 * (client.length + (token?.length ?? 0) + nonce.length);
    if (longest > octets.length) {
      octets = new Uint8Array(2 * longest);
      view = new DataView(octets.buffer);
    }
    // The lengths come before the texts, so that the rest can be split in only one way.
    view.setFloat64(0, timestamp);
    const afterClient = writeText(octets, 16, client);
    const afterToken = token === undefined ? afterClient : writeText(octets, afterClient, token);
    const end = writeText(octets, afterToken, nonce);
    view.setInt32(8, afterClient);
    view.setInt32(12, token === undefined ? -1 : afterToken);
    siphash128(key, view, end, fingerprint);
    fingerprint[2] = ((fingerprint[2] as number) & 0xffff_0000) | groupOfClient(client, multiplier);
    return fingerprint;
  };
}

/** Returns the group of the fingerprint's client. */
export function groupOf(thirdWord: number): number {
  return thirdWord & 0xffff;
}

/** Two clients in the same group have one share together. This happens to one pair in 65,536. */
function groupOfClient(client: string, multiplier: number): number {
  let hash = multiplier;
  for (let index = 0; index < client.length; index++) {
    hash = Math.imul(hash ^ client.charCodeAt(index), multiplier);
    hash ^= hash >>> 15;
  }
  return (hash ^ (hash >>> 16)) & 0xffff;
}

/**
 * UTF-8 with each half of a surrogate pair encoded by itself, so that different texts never have
 * the same octets.
 */
function writeText(octets: Uint8Array, start: number, text: string): number {
  let at = start;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      octets[at++] = unit;
    } else {
      octets[at++] = 0xe0 | (unit >> 12);
      octets[at++] = 0x80 | ((unit >> 6) & 0x3f);
      octets[at++] = 0x80 | (unit & 0x3f);
    }
  }
  return at;
}
