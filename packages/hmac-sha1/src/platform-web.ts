import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";

/** HMAC-SHA1 (RFC 2104) of UTF-8 text, for platforms without a synchronous implementation. */
export function keyedHmacSha1(key: string): (text: string) => string {
  const encoder = new TextEncoder();
  const prepared = hmac.create(sha1, encoder.encode(key));
  return (text) => {
    const digest = prepared.clone().update(encoder.encode(text)).digest();
    return btoa(String.fromCharCode(...digest));
  };
}
