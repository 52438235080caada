import { createHash, createHmac, randomBytes, randomInt } from "node:crypto";

/** Returns random text for identifiers and secrets: 256 bits, of characters that need no encoding. */
export function randomText(): string {
  return randomBytes(32).toString("base64url");
}

/** Letters and digits that nobody takes for another: without 0, 1, I, L, O and U. */
const TYPABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Returns a verification code of 8 characters that people type: 39 bits, guarded by few guesses. */
export function typableCode(): string {
  return Array.from({ length: 8 }, () => TYPABLE[randomInt(TYPABLE.length)]).join("");
}

/** Returns the hash of a random text of 256 bits. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("base64url");
}

/** Returns the keyed hash of a list: HMAC-SHA256. */
export function keyedHash(key: string, ...parts: readonly string[]): string {
  return createHmac("sha256", key).update(JSON.stringify(parts), "utf8").digest("base64url");
}
