import { and, eq, gt, inArray, isNotNull, max, type SQL } from "drizzle-orm";
import { ApiKeysError } from "../api-keys-error.js";
import type { Database } from "../database/open-database.js";
import { apiKeyPermissions, apiKeySecrets, apiKeys, apiKeyUsage } from "../database/schema.js";
import type { ApiKey } from "./key-schema.js";

/** A row of the table of keys. */
export type KeyRow = typeof apiKeys.$inferSelect;

/** Finds a key of an account. To change it, lock it until the transaction ends. */
export async function findRow(
  database: Database,
  accountId: string,
  keyId: string,
  lock: "lock" | "read",
): Promise<KeyRow> {
  const rows = isUuid(keyId)
    ? database
        .select()
        .from(apiKeys)
        .where(and(eq(apiKeys.id, keyId), eq(apiKeys.accountId, accountId)) as SQL)
    : undefined;
  const [row] = rows === undefined ? [] : await (lock === "lock" ? rows.for("update") : rows);
  if (row === undefined) {
    throw new ApiKeysError("ERR_NOT_FOUND", "the account has no API key with this id");
  }
  return row;
}

/** Returns the public form of keys, in the same order. */
export async function showKeys(
  database: Database,
  rows: readonly KeyRow[],
  now: Date,
): Promise<ApiKey[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const permissions = await database
    .select()
    .from(apiKeyPermissions)
    .where(inArray(apiKeyPermissions.keyId, ids))
    .orderBy(apiKeyPermissions.permission);
  const overlaps = await database
    .select({ keyId: apiKeySecrets.keyId, end: max(apiKeySecrets.expiresAt) })
    .from(apiKeySecrets)
    .where(
      and(
        inArray(apiKeySecrets.keyId, ids),
        isNotNull(apiKeySecrets.expiresAt),
        gt(apiKeySecrets.expiresAt, now),
      ),
    )
    .groupBy(apiKeySecrets.keyId);
  const usage = await database.select().from(apiKeyUsage).where(inArray(apiKeyUsage.keyId, ids));
  return rows.map((row) => ({
    id: row.id,
    applicationName: row.applicationName,
    developerName: row.developerName,
    description: row.description,
    category: row.category,
    permissions: permissions.filter(({ keyId }) => keyId === row.id).map((each) => each.permission),
    enabled: row.enabled,
    allowedAddresses: row.allowedAddresses,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: usage.find(({ keyId }) => keyId === row.id)?.lastUsedAt.toISOString() ?? null,
    client: { identifier: row.clientIdentifier },
    token: { identifier: row.tokenIdentifier },
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt.toISOString(),
    oldSecretsExpireAt: overlaps.find(({ keyId }) => keyId === row.id)?.end?.toISOString() ?? null,
  }));
}

/** Returns the public form of one key. */
export async function showKey(database: Database, row: KeyRow, now: Date): Promise<ApiKey> {
  const [key] = await showKeys(database, [row], now);
  return key as ApiKey;
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
