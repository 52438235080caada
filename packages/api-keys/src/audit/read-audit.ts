import { z } from "@hono/zod-openapi";
import { and, count, desc, eq } from "drizzle-orm";
import { checkArguments } from "../check-arguments.js";
import { auditLog } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { validate } from "../validate.js";

/** Selects a page of the log. */
export const auditQuerySchema = z.strictObject({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(25),
});

const keyAuditQuerySchema = auditQuerySchema.extend({ keyId: z.uuid().optional() });

/** One page of the log, the newest entry first. */
export const auditPageSchema = z
  .object({
    entries: z.array(
      z.object({
        id: z.int(),
        at: z.iso.datetime(),
        actor: z.object({ id: z.uuid().nullable(), name: z.string() }),
        action: z.string().openapi({ example: "key edited" }),
        keyId: z.uuid().nullable(),
        userId: z.uuid().nullable(),
        before: z.record(z.string(), z.unknown()).nullable(),
        after: z.record(z.string(), z.unknown()).nullable(),
      }),
    ),
    total: z.int(),
    page: z.int(),
    pageSize: z.int(),
  })
  .openapi("AuditPage");

/** Selects a page of the log. */
export type AuditQuery = z.input<typeof auditQuerySchema>;
/** One page of the log. */
export type AuditPage = z.infer<typeof auditPageSchema>;

/**
 * Reads a page of the audit log: who changed what and when, the newest entry first.
 *
 * @param query - The page, and a key. The default is the first page of the whole account.
 * @throws ApiKeysError `ERR_ARGUMENT`, `ERR_INPUT`.
 */
export async function readAudit(
  installation: Installation,
  accountId: string,
  query: AuditQuery & { readonly keyId?: string } = {},
): Promise<AuditPage> {
  checkArguments({ installation, accountId });
  const { database } = installation;
  const { page, pageSize, keyId } = validate(keyAuditQuerySchema, query);
  const where = and(
    eq(auditLog.accountId, accountId),
    keyId === undefined ? undefined : eq(auditLog.keyId, keyId),
  );
  const [counted] = await database.select({ total: count() }).from(auditLog).where(where);
  const rows = await database
    .select()
    .from(auditLog)
    .where(where)
    .orderBy(desc(auditLog.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return {
    entries: rows.map(({ actorId, actorName, accountId: _, at, before, after, ...row }) => ({
      ...row,
      at: at.toISOString(),
      actor: { id: actorId, name: actorName },
      before: before as Record<string, unknown> | null,
      after: after as Record<string, unknown> | null,
    })),
    total: counted?.total ?? 0,
    page,
    pageSize,
  };
}
