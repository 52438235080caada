import { createHmac, createSecretKey } from "node:crypto";

/** HMAC-SHA1 (RFC 2104) of UTF-8 text, by node:crypto: Node, Bun and Deno. */
export function prepareHmacSha1(key: string): (text: string) => string {
  const secretKey = createSecretKey(key, "utf8");
  return (text) => createHmac("sha1", secretKey).update(text, "utf8").digest("base64");
}
