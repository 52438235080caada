import { createHmac } from "node:crypto";
import { encode } from "./encode.js";

/** HMAC-SHA1 of RFC 5849 §3.4.2, by node:crypto. */
export function hmacSha1(
  baseString: string,
  clientSharedSecret: string,
  tokenSharedSecret: string,
): string {
  const key = `${encode(clientSharedSecret)}&${encode(tokenSharedSecret)}`;
  return createHmac("sha1", key).update(baseString, "utf8").digest("base64");
}
