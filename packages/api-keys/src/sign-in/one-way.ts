import { createHash, randomBytes } from "node:crypto";

/** Returns a bearer token: 256 random bits in base64url. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Hashes a token for storage. A token has 256 random bits, so a plain SHA-256 is enough. */
export function oneWay(token: string): string {
  return createHash("sha256").update(token, "utf8").digest("hex");
}
