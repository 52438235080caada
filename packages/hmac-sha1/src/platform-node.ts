import { hash } from "node:crypto";

/**
 * HMAC-SHA1 of UTF-8 text by node:crypto: Node, Bun and Deno.
 *
 * The two hashes of RFC 2104 §2 are called one by one, in two buffers that all keys share: each
 * call fills them anew and is done with them before it returns. A key is prepared for one signature
 * as a rule, by a server, and preparing it so costs next to nothing.
 */
export function prepareHmacSha1(key: string): (text: string) => string {
  // One octet a character, as encoded secrets (RFC 5849 §3.4.2) have it already.
  const octets =
    Buffer.byteLength(key) === key.length ? key : Buffer.from(key, "utf8").toString("latin1");
  const block = octets.length > BLOCK_OCTETS ? hash("sha1", key, "binary") : octets;
  return (text) => {
    const most = BLOCK_OCTETS + 3 * text.length;
    if (most > inner.length) inner = Buffer.allocUnsafe(2 * most);
    for (let index = 0; index < BLOCK_OCTETS; index++) {
      const octet = index < block.length ? block.charCodeAt(index) : 0;
      inner[index] = octet ^ 0x36;
      outer[index] = octet ^ 0x5c;
    }
    const end = BLOCK_OCTETS + inner.write(text, BLOCK_OCTETS, "utf8");
    outer.write(hash("sha1", inner.subarray(0, end), "binary"), BLOCK_OCTETS, "latin1");
    return hash("sha1", outer, "base64");
  };
}

/** Octets of a block and of a digest of SHA-1 (RFC 3174). */
const BLOCK_OCTETS = 64;
const DIGEST_OCTETS = 20;

const outer = Buffer.allocUnsafe(BLOCK_OCTETS + DIGEST_OCTETS);
let inner = Buffer.allocUnsafe(BLOCK_OCTETS + 4096);
