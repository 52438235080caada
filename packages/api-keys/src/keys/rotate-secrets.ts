import { and, eq, isNotNull } from "drizzle-orm";
import type { Actor } from "../audit/actor.js";
import { record } from "../audit/record.js";
import { checkArguments } from "../check-arguments.js";
import { apiKeySecrets, apiKeys } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { validate } from "../validate.js";
import { findRow, showKey } from "./key-rows.js";
import { type KeyWithCredentials, type Rotation, rotationSchema } from "./key-schema.js";
import { storeFreshSecrets } from "./key-secrets.js";

/**
 * Generates two new secrets for a key. The identifiers do not change. The current secrets continue
 * to work for `overlapSeconds`. Older secrets stop working immediately, so at most two are valid at
 * a time.
 *
 * @throws ApiKeysError `ERR_INPUT`, `ERR_NOT_FOUND`.
 */
export async function rotateSecrets(
  installation: Installation,
  accountId: string,
  actor: Actor,
  keyId: string,
  input: Rotation = {},
): Promise<KeyWithCredentials> {
  checkArguments({ installation, accountId, actor, keyId });
  const { overlapSeconds } = validate(rotationSchema, input);
  return installation.database.transaction(async (transaction) => {
    const now = installation.clock();
    const row = await findRow(transaction, accountId, keyId, "lock");
    const expiresAt = new Date(now.getTime() + overlapSeconds * 1000);
    const ofKey = eq(apiKeySecrets.keyId, row.id);
    await transaction.delete(apiKeySecrets).where(and(ofKey, isNotNull(apiKeySecrets.expiresAt)));
    await transaction.update(apiKeySecrets).set({ expiresAt }).where(ofKey);
    const credentials = await storeFreshSecrets(transaction, installation, row, now);
    const changed = { ...row, version: row.version + 1, editedAt: now };
    await transaction.update(apiKeys).set(changed).where(eq(apiKeys.id, row.id));
    await record(transaction, {
      accountId,
      actor,
      action: "secrets rotated",
      keyId: row.id,
      after: { oldSecretsExpireAt: expiresAt.toISOString() },
      at: now,
    });
    return { key: await showKey(transaction, changed, now), credentials };
  });
}
