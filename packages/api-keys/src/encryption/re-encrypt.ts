import { and, eq, ne } from "drizzle-orm";
import { SYSTEM } from "../audit/actor.js";
import { record } from "../audit/record.js";
import { checkArguments } from "../check-arguments.js";
import { apiKeySecrets, apiKeys } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { openSecret, sealSecret } from "./sealed-secret.js";

/**
 * Encrypts every secret again that was encrypted with another key than the current one. It can be
 * stopped and started again, and API keys can be used and changed while it runs. The audit log of
 * each account gets an entry.
 *
 * @returns The number of secrets that it encrypted.
 */
export async function reencryptSecrets(installation: Installation): Promise<number> {
  checkArguments({ installation });
  const { database, keyRing, clock } = installation;
  let count = 0;
  for (;;) {
    const stale = await database
      .select({ secret: apiKeySecrets, accountId: apiKeys.accountId })
      .from(apiKeySecrets)
      .innerJoin(apiKeys, eq(apiKeys.id, apiKeySecrets.keyId))
      .where(ne(apiKeySecrets.encryptionKeyId, keyRing.current().id))
      .limit(100);
    if (stale.length === 0) return count;
    const counts = new Map<string, number>();
    for (const { secret, accountId } of stale) {
      const sealedAnew = sealSecret(openSecret(secret, secret, keyRing), secret, keyRing);
      // Not in one transaction, which would hold the locks of many keys.
      await database
        .update(apiKeySecrets)
        .set(sealedAnew)
        .where(and(eq(apiKeySecrets.id, secret.id), eq(apiKeySecrets.sealed, secret.sealed)));
      counts.set(accountId, (counts.get(accountId) ?? 0) + 1);
    }
    for (const [accountId, secrets] of counts) {
      await record(database, {
        accountId,
        actor: SYSTEM,
        action: "secrets re-encrypted",
        after: { secrets, encryptionKey: keyRing.current().id },
        at: clock(),
      });
    }
    count += stale.length;
  }
}
