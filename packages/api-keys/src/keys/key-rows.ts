import type { Database } from "@oauth1/storage";
import { and, asc, eq, gt, inArray, isNull, type SQL } from "drizzle-orm";
import { ApiKeysError } from "../api-keys-error.js";
import { FIRST_START } from "../audit/actor.js";
import type { AuditAction } from "../audit/record.js";
import {
  apiKeyPermissions,
  apiKeySecrets,
  apiKeys,
  apiKeyUsage,
  auditLog,
} from "../database/schema.js";
import { isUuid } from "../is-uuid.js";
import type { ApiKey } from "./key-schema.js";

const CREATED: AuditAction = "key created";

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
    .selectDistinct({ keyId: apiKeySecrets.keyId, end: apiKeySecrets.expiresAt })
    .from(apiKeySecrets)
    .where(and(inArray(apiKeySecrets.keyId, ids), gt(apiKeySecrets.expiresAt, now)))
    .orderBy(asc(apiKeySecrets.expiresAt));
  const examples = await database
    .select({ keyId: auditLog.keyId })
    .from(auditLog)
    .where(
      and(
        inArray(auditLog.keyId, ids),
        eq(auditLog.action, CREATED),
        // A user can have the same name.
        isNull(auditLog.actorId),
        eq(auditLog.actorName, FIRST_START.name),
      ),
    );
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
    oldSecretsExpireAt: overlaps
      .filter(({ keyId }) => keyId === row.id)
      .flatMap(({ end }) => end?.toISOString() ?? []),
    isExample: examples.some(({ keyId }) => keyId === row.id),
  }));
}

/** Returns the public form of one key. */
export async function showKey(database: Database, row: KeyRow, now: Date): Promise<ApiKey> {
  const [key] = await showKeys(database, [row], now);
  return key as ApiKey;
}
