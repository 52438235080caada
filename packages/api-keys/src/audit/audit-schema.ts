import { z } from "@hono/zod-openapi";
import { isStorable } from "../storable-text.js";
import { AUDIT_ACTIONS } from "./record.js";

const moment = z.iso
  .datetime({ offset: true, error: "must be a time such as 2026-01-31T09:00:00Z" })
  .openapi({ example: "2026-01-31T09:00:00Z" });

/** Selects entries of the log. */
export const auditFilterSchema = z.strictObject({
  actor: z
    .string()
    .max(100)
    .refine(isStorable, "must not contain NUL characters or lone surrogates")
    .optional()
    .openapi({ description: "The name of who made the change, in any case", example: "jane.doe" }),
  action: z.enum(AUDIT_ACTIONS).optional().openapi({ example: "key edited" }),
  keyId: z.uuid().optional().openapi({ description: "Changes of this API key" }),
  userId: z.uuid().optional().openapi({ description: "Changes of this user" }),
  applicationId: z.uuid().optional().openapi({ description: "Changes of this application" }),
  from: moment.optional().openapi({ description: "The earliest time, included" }),
  to: moment.optional().openapi({ description: "The latest time, not included" }),
});

/** Selects a page of the log of one key. */
export const auditPagingSchema = z.strictObject({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(25),
});

/** Selects a page of the log. */
export const auditQuerySchema = auditFilterSchema.extend(auditPagingSchema.shape);

/** One entry of the log. */
export const auditEntrySchema = z
  .object({
    id: z.int(),
    at: z.iso.datetime(),
    actor: z.object({ id: z.uuid().nullable(), name: z.string() }),
    address: z
      .string()
      .nullable()
      .openapi({ description: "The IP address of the client", example: "198.51.100.7" }),
    action: z.string().openapi({ example: "key edited" }),
    key: z
      .object({ id: z.uuid(), name: z.string() })
      .nullable()
      .openapi({ description: "The changed API key, with its current application name" }),
    user: z
      .object({ id: z.uuid(), name: z.string() })
      .nullable()
      .openapi({ description: "The changed user, or the user who granted or lost access" }),
    application: z
      .object({ id: z.uuid(), name: z.string() })
      .nullable()
      .openapi({ description: "The changed application, with its current name" }),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
  })
  .openapi("AuditEntry");

/** One page of the log, the newest entry first. */
export const auditPageSchema = z
  .object({
    entries: z.array(auditEntrySchema),
    total: z.int(),
    page: z.int(),
    pageSize: z.int(),
  })
  .openapi("AuditPage");

const named = z.array(z.object({ id: z.uuid(), name: z.string() }));

/** The values by which the log of an account can be filtered. */
export const auditChoicesSchema = z
  .object({
    actors: z.array(z.string()),
    actions: z.array(z.string()),
    keys: named,
    users: named,
    applications: named,
  })
  .openapi("AuditChoices");

/** Selects entries of the log. */
export type AuditFilter = z.input<typeof auditFilterSchema>;
/** Selects a page of the log. */
export type AuditQuery = z.input<typeof auditQuerySchema>;
/** One entry of the log. */
export type AuditLogEntry = z.infer<typeof auditEntrySchema>;
/** One page of the log. */
export type AuditPage = z.infer<typeof auditPageSchema>;
/** The values by which the log of an account can be filtered. */
export type AuditChoices = z.infer<typeof auditChoicesSchema>;
