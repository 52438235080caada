import { eq } from "drizzle-orm";
import type { Actor } from "../audit/actor.js";
import { record } from "../audit/record.js";
import { checkArguments } from "../check-arguments.js";
import { apiKeys } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { findRow, showKey } from "./key-rows.js";
import type { ApiKey } from "./key-schema.js";

/**
 * Enables or disables a key. A disabled key stops working within 5 seconds in every process.
 *
 * @throws ApiKeysError `ERR_NOT_FOUND`.
 */
export async function setEnabled(
  installation: Installation,
  accountId: string,
  actor: Actor,
  keyId: string,
  enabled: boolean,
): Promise<ApiKey> {
  checkArguments({ installation, accountId, actor, keyId, enabled });
  return installation.database.transaction(async (transaction) => {
    const now = installation.clock();
    const row = await findRow(transaction, accountId, keyId, "lock");
    if (row.enabled === enabled) return showKey(transaction, row, now);
    const changed = { ...row, enabled, version: row.version + 1, editedAt: now };
    await transaction.update(apiKeys).set(changed).where(eq(apiKeys.id, row.id));
    await record(transaction, {
      accountId,
      actor,
      action: enabled ? "key enabled" : "key disabled",
      keyId: row.id,
      before: { enabled: row.enabled },
      after: { enabled },
      at: now,
    });
    return showKey(transaction, changed, now);
  });
}
