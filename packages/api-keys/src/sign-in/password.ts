import { z } from "@hono/zod-openapi";
import { hash, verify } from "@node-rs/argon2";

/** A password: length is what counts (NIST SP 800-63B §5.1.1). */
export const passwordSchema = z
  .string()
  .min(12, "at least 12 characters")
  .max(256, "at most 256 characters")
  .openapi({ format: "password" });

/** argon2id with 19 MiB, two passes and one lane (OWASP's first choice), in the PHC string format. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), COST);
}

/** Whether it is the password. Where there is none to compare with, that takes as long. */
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
