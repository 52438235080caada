import { eq } from "drizzle-orm";
import { ApiKeysError } from "../api-keys-error.js";
import type { Actor } from "../audit/actor.js";
import { record } from "../audit/record.js";
import { checkArguments } from "../check-arguments.js";
import { apiKeyPermissions, apiKeys } from "../database/schema.js";
import { differences, withoutUndefined } from "../differences.js";
import type { Installation } from "../installation.js";
import { validate } from "../validate.js";
import { futureDate } from "./expiry.js";
import { findRow, showKey } from "./key-rows.js";
import { type ApiKey, type KeyChange, keyChangeSchema } from "./key-schema.js";
import { requirePrivileges } from "./privileges.js";

/**
 * Changes the name, developer, description, category, permissions, allowed addresses or end of a
 * key. Omitted fields stay as they are. If nothing changes, the audit log gets no entry.
 *
 * @throws `ApiKeysError` `ERR_INPUT` if a value is wrong, `ERR_STALE` if the key was changed
 * after `version`, `ERR_NOT_FOUND`.
 */
export async function editKey(
  installation: Installation,
  accountId: string,
  actor: Actor,
  keyId: string,
  input: KeyChange,
): Promise<ApiKey> {
  checkArguments({ installation, accountId, actor, keyId });
  const { version, ...change } = validate(keyChangeSchema, input);
  return installation.database.transaction(async (transaction) => {
    const now = installation.clock();
    const row = await findRow(transaction, accountId, keyId, "lock");
    if (version !== undefined && version !== row.version) {
      throw new ApiKeysError("ERR_STALE", "the key was changed after it was read; read it again");
    }
    const shown = await showKey(transaction, row, now);
    const old = changeable(shown);
    const wanted = changeable({ ...shown, ...(withoutUndefined(change) as Partial<Changeable>) });
    requirePrivileges(installation.catalogue, wanted);
    wanted.permissions = wanted.permissions.toSorted();

    const before = differences(old, wanted);
    const after = differences(wanted, old);
    if (Object.keys(after).length === 0) return shown;
    const { permissions, ...fields } = wanted;
    // The key may already have expired. Only a new end must be in the future.
    const expiresAt = "expiresAt" in after ? futureDate(wanted.expiresAt, now) : row.expiresAt;
    const changed = { ...row, ...fields, expiresAt, version: row.version + 1, editedAt: now };
    await transaction.update(apiKeys).set(changed).where(eq(apiKeys.id, row.id));
    await transaction.delete(apiKeyPermissions).where(eq(apiKeyPermissions.keyId, row.id));
    await transaction
      .insert(apiKeyPermissions)
      .values(permissions.map((permission) => ({ keyId: row.id, permission })));
    await record(transaction, {
      accountId,
      actor,
      action: "key edited",
      keyId: row.id,
      before,
      after,
      at: now,
    });
    return showKey(transaction, changed, now);
  });
}

interface Changeable {
  applicationName: string;
  developerName: string;
  description: string | null;
  category: string;
  permissions: string[];
  allowedAddresses: string[];
  expiresAt: string | null;
}

function changeable(key: Changeable): Changeable {
  const { applicationName, developerName, description, category, permissions } = key;
  const { allowedAddresses, expiresAt } = key;
  return {
    applicationName,
    developerName,
    description,
    category,
    permissions,
    allowedAddresses,
    expiresAt,
  };
}
