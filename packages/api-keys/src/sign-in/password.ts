import { z } from "@hono/zod-openapi";
import { hash, verify } from "@node-rs/argon2";

/** A password: only its length matters (NIST SP 800-63B §5.1.1). */
export const passwordSchema = z
  .string()
  .min(12, "must have at least 12 characters")
  .max(256, "must have at most 256 characters")
  .openapi({ format: "password" });

/** Hashes with argon2id (19 MiB, two passes, one lane, as OWASP recommends), in the PHC format. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), COST);
}

/** Returns true if the password is correct. Takes as long if there is no hash to compare with. */
export async function verifyPassword(
  storedHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  dummyHash ??= hashPassword("");
  const matches = await verify(storedHash ?? (await dummyHash), password.normalize("NFKC"));
  return matches && typeof storedHash === "string";
}

const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
let dummyHash: Promise<string> | undefined;
