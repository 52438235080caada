import { createHmac } from "node:crypto";

/**
 * HMAC-SHA1 of UTF-8 text by node:crypto: Node, Bun and Deno.
 *
 * RFC 2104 by hand over `crypto.hash`, with its pads wiped, is 1.4 times as fast for a key that is used
 * once (Node 20.20.2; 1.3 in Node 22, 1.5 in Node 24: `node packages/benchmarks/src/hmac.mjs`). That is
 * too little to keep key material in buffers of our own.
 */
export function keyedHmacSha1(key: string): (text: string) => string {
  return (text) => createHmac("sha1", key).update(text).digest("base64");
}
