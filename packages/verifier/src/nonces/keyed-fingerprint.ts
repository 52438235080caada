import type { SpendableNonce } from "../nonce-store.js";
import { type SiphashKey, siphash128 } from "./siphash.js";

/** As many groups as {@link groupOf} tells apart. */
export const GROUPS = 0x1_0000;

/**
 * 128 bits in place of a nonce and what it is unique across (RFC 5849 §3.3), under a key of its own
 * that nobody knows: two nonces that share a fingerprint can be met by chance, not made. 16 of the
 * bits depend on the client alone. The result is overwritten by the next call.
 */
export function keyedFingerprint(): (nonce: SpendableNonce) => Int32Array {
  const key = [...crypto.getRandomValues(new Int32Array(4))] as unknown as SiphashKey;
  // Odd, so that no bit of what is multiplied is lost.
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
    // The lengths stand before the texts: what follows can be split in one way only.
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

/** The group of the client that a fingerprint belongs to. */
export function groupOf(thirdWord: number): number {
  return thirdWord & 0xffff;
}

/** Where two clients meet in one group, they share a share: one pair in 65,536 does. */
function groupOfClient(client: string, multiplier: number): number {
  let hash = multiplier;
  for (let index = 0; index < client.length; index++) {
    hash = Math.imul(hash ^ client.charCodeAt(index), multiplier);
    hash ^= hash >>> 15;
  }
  return (hash ^ (hash >>> 16)) & 0xffff;
}

/** UTF-8, but each half of a surrogate pair by itself, so that no two texts are the same octets. */
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
