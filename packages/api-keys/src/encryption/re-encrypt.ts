import { and, eq, ne } from "drizzle-orm";
import { checkArguments } from "../check-arguments.js";
import { apiKeySecrets } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { openSecret, sealSecret } from "./sealed-secret.js";

/**
 * Encrypts every secret again that was encrypted with another key than the current one. It can be
 * stopped and started again, and API keys can be used and changed while it runs.
 *
 * @returns The number of secrets that it encrypted.
 */
export async function reencryptSecrets(installation: Installation): Promise<number> {
  checkArguments({ installation });
  const { database, keyRing } = installation;
  let count = 0;
  for (;;) {
    const stale = await database
      .select()
      .from(apiKeySecrets)
      .where(ne(apiKeySecrets.encryptionKeyId, keyRing.current().id))
      .limit(100);
    if (stale.length === 0) return count;
    for (const row of stale) {
      const sealedAnew = sealSecret(openSecret(row, row, keyRing), row, keyRing);
      await database
        .update(apiKeySecrets)
        .set(sealedAnew)
        .where(and(eq(apiKeySecrets.id, row.id), eq(apiKeySecrets.sealed, row.sealed)));
      count++;
    }
  }
}
