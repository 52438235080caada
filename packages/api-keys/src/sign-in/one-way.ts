import { createHash, randomBytes } from "node:crypto";

/** A token that whoever holds it is let in with: 256 random bits, base64url. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of such a token. It has 256 bits, so that a plain SHA-256 cannot be turned back. */
export function oneWay(token: string): string {
  return createHash("sha256").update(token, "utf8").digest("hex");
}
