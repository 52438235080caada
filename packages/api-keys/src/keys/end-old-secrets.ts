import { and, eq, isNotNull } from "drizzle-orm";
import type { Actor } from "../audit/actor.js";
import { record } from "../audit/record.js";
import { checkArguments } from "../check-arguments.js";
import { apiKeySecrets, apiKeys } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { findRow, showKey } from "./key-rows.js";
import type { ApiKey } from "./key-schema.js";

/**
 * Ends all old secrets of a key at once, before the time that its rotations promised. Only the
 * current secrets work afterwards, within 5 seconds in every process. If there are no old secrets,
 * nothing changes.
 *
 * @throws `ApiKeysError` `ERR_NOT_FOUND`.
 */
export async function endOldSecrets(
  installation: Installation,
  accountId: string,
  actor: Actor,
  keyId: string,
): Promise<ApiKey> {
  checkArguments({ installation, accountId, actor, keyId });
  return installation.database.transaction(async (transaction) => {
    const now = installation.clock();
    const row = await findRow(transaction, accountId, keyId, "lock");
    const shown = await showKey(transaction, row, now);
    const { oldSecretsExpireAt } = shown;
    if (oldSecretsExpireAt.length === 0) return shown;
    await transaction
      .delete(apiKeySecrets)
      .where(and(eq(apiKeySecrets.keyId, row.id), isNotNull(apiKeySecrets.expiresAt)));
    const changed = { ...row, version: row.version + 1, editedAt: now };
    await transaction.update(apiKeys).set(changed).where(eq(apiKeys.id, row.id));
    await record(transaction, {
      accountId,
      actor,
      action: "old secrets ended",
      keyId: row.id,
      before: { oldSecretsExpireAt },
      after: { oldSecretsExpireAt: [] },
      at: now,
    });
    return showKey(transaction, changed, now);
  });
}
