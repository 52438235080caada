import type { Database } from "@oauth1/storage";
import { and, asc, count, desc, eq, gte, isNull, lt, type SQL, sql } from "drizzle-orm";
import { checkArguments } from "../check-arguments.js";
import { apiKeys, applications, auditLog, users } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { validate } from "../validate.js";
import {
  type AuditChoices,
  type AuditFilter,
  type AuditLogEntry,
  type AuditPage,
  type AuditQuery,
  auditQuerySchema,
} from "./audit-schema.js";
import { AUDIT_ACTIONS } from "./record.js";

/**
 * Reads a page of the audit log: who changed what and when, the newest entry first.
 *
 * @param query - Filters: `actor` (a name, in any case), `action`, `keyId`, `userId`,
 * `applicationId`, and the times `from` (included) and `to` (not included). `page` starts at 1. `pageSize` is 25 by default, and at
 * most 100. The default is the first page of the whole account.
 * @throws ApiKeysError `ERR_ARGUMENT`, `ERR_INPUT`.
 *
 * @example
 * ```ts
 * import { mkdtemp, rm } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { openInstallation } from "@oauth1/api-keys";
 * import { firstStart, readAudit } from "@oauth1/api-keys/admin";
 *
 * const dataFolder = await mkdtemp(`${tmpdir()}/api-keys-`);
 * const installation = await openInstallation({ dataFolder });
 * const { accountId } = await firstStart(installation);
 * const { entries } = await readAudit(installation, accountId, { action: "user created" });
 * await installation.close();
 * await rm(dataFolder, { recursive: true });
 *
 * entries[0]?.user?.name; // "admin"
 * ```
 */
export async function readAudit(
  installation: Installation,
  accountId: string,
  query: AuditQuery = {},
): Promise<AuditPage> {
  checkArguments({ installation, accountId });
  const { database } = installation;
  const { page, pageSize, ...filter } = validate(auditQuerySchema, query);
  const where = matching(accountId, filter);
  const [counted] = await database.select({ total: count() }).from(auditLog).where(where);
  const entries = await selectEntries(database, where, pageSize, (page - 1) * pageSize);
  return { entries, total: counted?.total ?? 0, page, pageSize };
}

/**
 * Reads the entries that match a filter, the newest first, in batches: memory and the length of a
 * statement are bounded for a log of any size. Entries that are added meanwhile are not included.
 */
export async function* readAuditInBatches(
  { database }: Installation,
  accountId: string,
  filter: AuditFilter,
): AsyncGenerator<readonly AuditLogEntry[]> {
  const where = matching(accountId, filter);
  let before: number | undefined;
  for (;;) {
    const rest = before === undefined ? where : and(where, lt(auditLog.id, before));
    const entries = await selectEntries(database, rest, BATCH, 0);
    if (entries.length > 0) yield entries;
    if (entries.length < BATCH) return;
    before = entries.at(-1)?.id;
  }
}

/** Returns the values by which the log of an account can be filtered. */
export async function readAuditChoices(
  { database }: Installation,
  accountId: string,
): Promise<AuditChoices> {
  const people = await database
    .select({ id: users.id, name: users.username })
    .from(users)
    .where(eq(users.accountId, accountId))
    .orderBy(asc(sql`lower(${users.username})`));
  const keys = await database
    .select({ id: apiKeys.id, name: apiKeys.applicationName })
    .from(apiKeys)
    .where(eq(apiKeys.accountId, accountId))
    .orderBy(asc(sql`lower(${apiKeys.applicationName})`));
  const named = await database
    .select({ id: applications.id, name: applications.applicationName })
    .from(applications)
    .where(eq(applications.accountId, accountId))
    .orderBy(asc(sql`lower(${applications.applicationName})`));
  // The first start, the command line and programs have no user.
  const others = await database
    .selectDistinct({ name: auditLog.actorName })
    .from(auditLog)
    .where(and(eq(auditLog.accountId, accountId), isNull(auditLog.actorId)))
    .orderBy(asc(auditLog.actorName))
    .limit(100);
  const actors = [...people, ...others].map(({ name }) => name);
  return {
    actors: [...new Set(actors)],
    actions: [...AUDIT_ACTIONS],
    keys,
    users: people,
    applications: named,
  };
}

const BATCH = 500;

function matching(accountId: string, filter: AuditFilter): SQL | undefined {
  const { actor, action, keyId, userId, applicationId, from, to } = filter;
  return and(
    eq(auditLog.accountId, accountId),
    actor === undefined
      ? undefined
      : eq(sql`lower(${auditLog.actorName})`, sql`lower(${actor}::text)`),
    action === undefined ? undefined : eq(auditLog.action, action),
    keyId === undefined ? undefined : eq(auditLog.keyId, keyId),
    userId === undefined ? undefined : eq(auditLog.userId, userId),
    applicationId === undefined ? undefined : eq(auditLog.applicationId, applicationId),
    from === undefined ? undefined : gte(auditLog.at, new Date(from)),
    to === undefined ? undefined : lt(auditLog.at, new Date(to)),
  );
}

async function selectEntries(
  database: Database,
  where: SQL | undefined,
  limit: number,
  offset: number,
): Promise<AuditLogEntry[]> {
  const rows = await database
    .select({
      entry: auditLog,
      keyName: apiKeys.applicationName,
      username: users.username,
      applicationName: applications.applicationName,
    })
    .from(auditLog)
    .leftJoin(apiKeys, eq(apiKeys.id, auditLog.keyId))
    .leftJoin(users, eq(users.id, auditLog.userId))
    .leftJoin(applications, eq(applications.id, auditLog.applicationId))
    .where(where)
    .orderBy(desc(auditLog.id))
    .limit(limit)
    .offset(offset);
  return rows.map(({ entry, keyName, username, applicationName }) => ({
    id: entry.id,
    at: entry.at.toISOString(),
    actor: { id: entry.actorId, name: entry.actorName },
    address: entry.address,
    action: entry.action,
    key: entry.keyId === null ? null : { id: entry.keyId, name: keyName ?? "" },
    user: entry.userId === null ? null : { id: entry.userId, name: username ?? "" },
    application:
      entry.applicationId === null
        ? null
        : { id: entry.applicationId, name: applicationName ?? "" },
    before: entry.before as Record<string, unknown> | null,
    after: entry.after as Record<string, unknown> | null,
  }));
}
