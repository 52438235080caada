import { sqlStore } from "@oauth1/provider/sql";
import { and, eq, ne } from "drizzle-orm";
import { resealApplicationSecret } from "../applications/application-secrets.js";
import { SYSTEM } from "../audit/actor.js";
import { record } from "../audit/record.js";
import { checkArguments } from "../check-arguments.js";
import { apiKeySecrets, apiKeys, applicationSecrets, applications } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { openSecret, sealSecret } from "./sealed-secret.js";

/**
 * Encrypts every secret again that was encrypted with another key than the current one. It can be
 * stopped and started again, and API keys and applications can be used and changed while it runs.
 * The audit log of each account gets an entry.
 *
 * @returns The number of secrets that it encrypted, including those of tokens.
 */
export async function reencryptSecrets(installation: Installation): Promise<number> {
  checkArguments({ installation });
  let count = 0;
  for (const reencryptBatch of [reencryptKeys, reencryptApplications]) {
    for (;;) {
      const accountIds = await reencryptBatch(installation);
      if (accountIds.length === 0) break;
      await recordCounts(installation, accountIds);
      count += accountIds.length;
    }
  }
  return count + (await sqlStore(installation).reencryptSecrets());
}

/** Encrypts some secrets of keys again, and returns the account of each. */
async function reencryptKeys({ database, keyRing }: Installation): Promise<string[]> {
  const stale = await database
    .select({ secret: apiKeySecrets, accountId: apiKeys.accountId })
    .from(apiKeySecrets)
    .innerJoin(apiKeys, eq(apiKeys.id, apiKeySecrets.keyId))
    .where(ne(apiKeySecrets.encryptionKeyId, keyRing.current().id))
    .limit(BATCH);
  for (const { secret } of stale) {
    const sealedAnew = sealSecret(openSecret(secret, secret, keyRing), secret, keyRing);
    // Not in one transaction, which would hold the locks of many keys.
    await database
      .update(apiKeySecrets)
      .set(sealedAnew)
      .where(and(eq(apiKeySecrets.id, secret.id), eq(apiKeySecrets.sealed, secret.sealed)));
  }
  return stale.map(({ accountId }) => accountId);
}

/** The same for the secrets of applications. */
async function reencryptApplications({ database, keyRing }: Installation): Promise<string[]> {
  const stale = await database
    .select({ secret: applicationSecrets, accountId: applications.accountId })
    .from(applicationSecrets)
    .innerJoin(applications, eq(applications.id, applicationSecrets.applicationId))
    .where(ne(applicationSecrets.encryptionKeyId, keyRing.current().id))
    .limit(BATCH);
  for (const { secret } of stale) {
    await database
      .update(applicationSecrets)
      .set(resealApplicationSecret(secret, { keyRing }))
      .where(
        and(eq(applicationSecrets.id, secret.id), eq(applicationSecrets.sealed, secret.sealed)),
      );
  }
  return stale.map(({ accountId }) => accountId);
}

async function recordCounts(
  { database, keyRing, clock }: Installation,
  accountIds: readonly string[],
): Promise<void> {
  for (const accountId of new Set(accountIds)) {
    await record(database, {
      accountId,
      actor: SYSTEM,
      action: "secrets re-encrypted",
      after: {
        secrets: accountIds.filter((each) => each === accountId).length,
        encryptionKey: keyRing.current().id,
      },
      at: clock(),
    });
  }
}

const BATCH = 100;
