import { hash } from "node:crypto";

/**
 * HMAC-SHA1 of UTF-8 text by node:crypto: Node, Bun and Deno.
 *
 * The two hashes of RFC 2104 §2 are called one by one, with the key's blocks prepared: that is
 * nearly twice as fast as `createHmac`, which prepares them anew for each text.
 */
export function prepareHmacSha1(key: string): (text: string) => string {
  const octets = Buffer.from(key, "utf8");
  const padded = octets.length > BLOCK_OCTETS ? hash("sha1", octets, "buffer") : octets;
  const outer = Buffer.allocUnsafe(BLOCK_OCTETS + DIGEST_OCTETS);
  let inner = Buffer.allocUnsafe(BLOCK_OCTETS + 1024);
  for (let index = 0; index < BLOCK_OCTETS; index++) {
    const octet = padded[index] ?? 0;
    outer[index] = octet ^ 0x5c;
    inner[index] = octet ^ 0x36;
  }
  return (text) => {
    if (BLOCK_OCTETS + 3 * text.length > inner.length) {
      inner = Buffer.concat([inner.subarray(0, BLOCK_OCTETS), Buffer.alloc(3 * text.length)]);
    }
    const end = BLOCK_OCTETS + inner.write(text, BLOCK_OCTETS, "utf8");
    outer.write(hash("sha1", inner.subarray(0, end), "binary"), BLOCK_OCTETS, "latin1");
    return hash("sha1", outer, "base64");
  };
}

/** Octets of a block and of a digest of SHA-1 (RFC 3174). */
const BLOCK_OCTETS = 64;
const DIGEST_OCTETS = 20;
