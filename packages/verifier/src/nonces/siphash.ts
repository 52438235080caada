export type SiphashKey = readonly [number, number, number, number];

/**
 * SipHash-1-3 with 128 bits of output, on 32-bit halves. A keyed hash for short input that prevents
 * deliberate collisions in a hash table (Aumasson and Bernstein, 2012). One round per block and
 * three at the end, as in the hash tables of Rust and Python: without the key an attacker sees
 * neither a hash nor a table here, only whether a nonce was used.
 *
 * @param key - Four words, least significant first.
 * @param message - The input, from index 0.
 * @param length - The length of the input, in octets.
 * @param hash - Receives the hash: four words, least significant first.
 */
export function siphash128(
  [key0, key1, key2, key3]: SiphashKey,
  message: DataView,
  length: number,
  hash: Int32Array,
): void {
  // The four words of state, 64 bits each: low half, high half.
  let l0 = key0 ^ 0x70736575;
  let h0 = key1 ^ 0x736f6d65;
  let l1 = key2 ^ 0x6e646f6d ^ 0xee;
  let h1 = key3 ^ 0x646f7261;
  let l2 = key0 ^ 0x6e657261;
  let h2 = key1 ^ 0x6c796765;
  let l3 = key2 ^ 0x79746573;
  let h3 = key3 ^ 0x74656462;

  // The last block contains the rest of the input, with the length in its last octet.
  const whole = length >>> 3;
  let lastLow = 0;
  let lastHigh = length << 24;
  for (let at = whole * 8; at < length; at++) {
    const octet = message.getUint8(at) << ((at & 3) * 8);
    if ((at & 7) < 4) lastLow |= octet;
    else lastHigh |= octet;
  }

  // The blocks, and then two steps that each produce half of the hash.
  for (let step = 0; step <= whole + 2; step++) {
    let low = 0;
    let high = 0;
    if (step < whole) {
      low = message.getInt32(step * 8, true);
      high = message.getInt32(step * 8 + 4, true);
    } else if (step === whole) {
      low = lastLow;
      high = lastHigh;
    } else if (step === whole + 1) {
      l2 ^= 0xee;
    } else {
      l1 ^= 0xdd;
    }
    l3 ^= low;
    h3 ^= high;
    for (let round = step <= whole ? 1 : 3; round > 0; round--) {
      let low0 = (l0 + l1) | 0; // 0 += 1
      h0 = (h0 + h1 + (low0 >>> 0 < l0 >>> 0 ? 1 : 0)) | 0;
      let high1 = ((h1 << 13) | (l1 >>> 19)) ^ h0; // 1 <<<= 13, 1 ^= 0
      l1 = ((l1 << 13) | (h1 >>> 19)) ^ low0;
      h1 = high1;
      l0 = h0; // 0 <<<= 32
      h0 = low0;
      let low2 = (l2 + l3) | 0; // 2 += 3
      h2 = (h2 + h3 + (low2 >>> 0 < l2 >>> 0 ? 1 : 0)) | 0;
      let high3 = ((h3 << 16) | (l3 >>> 16)) ^ h2; // 3 <<<= 16, 3 ^= 2
      l3 = ((l3 << 16) | (h3 >>> 16)) ^ low2;
      h3 = high3;
      l2 = low2;
      low0 = (l0 + l3) | 0; // 0 += 3
      h0 = (h0 + h3 + (low0 >>> 0 < l0 >>> 0 ? 1 : 0)) | 0;
      l0 = low0;
      high3 = ((h3 << 21) | (l3 >>> 11)) ^ h0; // 3 <<<= 21, 3 ^= 0
      l3 = ((l3 << 21) | (h3 >>> 11)) ^ l0;
      h3 = high3;
      low2 = (l2 + l1) | 0; // 2 += 1
      h2 = (h2 + h1 + (low2 >>> 0 < l2 >>> 0 ? 1 : 0)) | 0;
      high1 = ((h1 << 17) | (l1 >>> 15)) ^ h2; // 1 <<<= 17, 1 ^= 2
      l1 = ((l1 << 17) | (h1 >>> 15)) ^ low2;
      h1 = high1;
      l2 = h2; // 2 <<<= 32
      h2 = low2;
    }
    l0 ^= low;
    h0 ^= high;
    const half = step - whole - 1;
    if (half >= 0) {
      hash[2 * half] = l0 ^ l1 ^ l2 ^ l3;
      hash[2 * half + 1] = h0 ^ h1 ^ h2 ^ h3;
    }
  }
}
