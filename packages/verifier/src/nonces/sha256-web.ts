import { sha256 as noble } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** SHA-256 of UTF-8 text, in hexadecimal digits, for platforms without a synchronous one. */
export function sha256(text: string): string {
  return bytesToHex(noble(new TextEncoder().encode(text)));
}
