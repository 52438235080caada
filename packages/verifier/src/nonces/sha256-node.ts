import { hash } from "node:crypto";

/** SHA-256 of UTF-8 text with node:crypto, in hexadecimal digits, for Node, Bun and Deno. */
export function sha256(text: string): string {
  return hash("sha256", text, "hex");
}
