import { z } from "@hono/zod-openapi";
import { line } from "../line.js";
import { canonicalAddress } from "./allowed-addresses.js";

/** Returns the time in UTC, and text that is not a date, which the schema has rejected, unchanged. */
function canonicalDate(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}

const fields = {
  applicationName: line(100).openapi({ example: "Weather bot" }),
  developerName: line(100).openapi({ example: "Jane Doe" }),
  description: z
    .string()
    .max(1000, "must have at most 1000 characters")
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u, "must not contain control characters")
    .openapi({ example: "Answers what the weather will be" }),
  category: z.string().max(100).openapi({ example: "agent-interactions" }),
  permissions: z
    .array(z.string().max(100))
    .min(1, "must contain at least one permission")
    .max(100)
    .openapi({ example: ["user-login"] }),
  allowedAddresses: z
    .array(
      z
        .string()
        .max(50)
        .refine((text) => canonicalAddress(text) !== undefined, {
          error: "must be an IP address or a range such as 192.0.2.0/24 or 2001:db8::/32",
        })
        .overwrite((text) => canonicalAddress(text) ?? text),
    )
    .max(50, "must contain at most 50 addresses and ranges")
    .overwrite((addresses) => [...new Set(addresses)])
    .openapi({
      description:
        "IP addresses and ranges from which the key can be used. Without any, it can be used from everywhere",
      example: ["192.0.2.0/24"],
    }),
  expiresAt: z.iso
    .datetime({ offset: true, error: "must be a date and time such as 2027-01-31T00:00:00Z" })
    .overwrite(canonicalDate)
    .refine((text) => /^\d{4}-/.test(text), { error: "must be before the year 10000" })
    .openapi({ description: "When the key stops working", example: "2027-01-31T00:00:00.000Z" }),
};

/** The fields of a new key. */
export const newKeySchema = z
  .strictObject({
    ...fields,
    description: fields.description.nullable().default(null),
    allowedAddresses: fields.allowedAddresses.default([]),
    expiresAt: fields.expiresAt.nullable().default(null),
  })
  .openapi("NewApiKey");

/** Changes of a key. Omitted fields stay as they are. */
export const keyChangeSchema = z
  .strictObject({
    applicationName: fields.applicationName.optional(),
    developerName: fields.developerName.optional(),
    description: fields.description.nullable().optional(),
    category: fields.category.optional(),
    permissions: fields.permissions.optional(),
    allowedAddresses: fields.allowedAddresses.optional(),
    expiresAt: fields.expiresAt.nullable().optional(),
    version: z.int().min(1).optional().openapi({
      description: "The version that was read. If it is no longer the newest, the response is 409",
    }),
  })
  .openapi("ApiKeyChange");

/** The options of a rotation. */
export const rotationSchema = z
  .strictObject({
    overlapSeconds: z
      .int()
      .min(0)
      .max(30 * 86_400)
      .default(86_400)
      .openapi({ description: "How long the old secrets continue to work, at most 30 days" }),
  })
  .openapi("Rotation");

/** The public form of a key, without its secrets. */
export const keySchema = z
  .object({
    id: z.uuid(),
    applicationName: z.string(),
    developerName: z.string(),
    description: z.string().nullable(),
    category: z.string().openapi({ example: "agent-interactions" }),
    permissions: z.array(z.string()).openapi({ example: ["user-login"] }),
    enabled: z.boolean(),
    allowedAddresses: z.array(z.string()).openapi({
      description: "IP addresses and ranges in canonical form; empty if every address is allowed",
      example: ["192.0.2.0/24"],
    }),
    expiresAt: z.iso.datetime().nullable().openapi({
      description: "When the key stops working; null if it does not expire",
    }),
    lastUsedAt: z.iso.datetime().nullable().openapi({
      description:
        "When a call with the key was last verified, at most a minute late; null if never",
    }),
    client: z.object({ identifier: z.string() }).openapi({ description: "The App key" }),
    token: z.object({ identifier: z.string() }).openapi({ description: "The Access token" }),
    version: z.int(),
    createdAt: z.iso.datetime(),
    editedAt: z.iso.datetime(),
    oldSecretsExpireAt: z.array(z.iso.datetime()).openapi({
      description:
        "When the secrets of before each rotation stop working, the earliest first; empty if only the current ones work",
    }),
    isExample: z.boolean().openapi({
      description: "True for the example key that the console creates at its first start",
    }),
  })
  .openapi("ApiKey");

const credentials = z.object({
  identifier: z.string().openapi({ example: "d392e7ff2e204d6c802e38fd775563d1" }),
  sharedSecret: z.string(),
});

/** The four values, shown once: App key, Secret, Access token, Access token secret. */
export const credentialsSchema = z
  .object({
    client: credentials.openapi({ description: "App key and Secret" }),
    token: credentials.openapi({ description: "Access token and Access token secret" }),
  })
  .openapi("Credentials");

/** A key with its four values. */
export const keyWithCredentialsSchema = z
  .object({ key: keySchema, credentials: credentialsSchema })
  .openapi("ApiKeyWithCredentials");

const searched = z
  .string()
  .max(100)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, "must not contain control characters");

/** Selects, sorts and pages keys. */
export const keyQuerySchema = z.strictObject({
  search: searched.optional().openapi({
    description:
      "Text to find in application name, developer name, description, App key or the name of the category; the word `enabled` or `disabled` finds keys with that status",
  }),
  category: searched.optional(),
  enabled: z.enum(["true", "false"]).optional(),
  sort: z
    .enum(["applicationName", "developerName", "category", "createdAt", "editedAt"])
    .default("createdAt"),
  order: z.enum(["ascending", "descending"]).default("descending"),
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(25),
});

/** One page of keys. */
export const keyListSchema = z
  .object({
    keys: z.array(keySchema),
    total: z.int().openapi({ description: "The number of matching keys on all pages" }),
    page: z.int(),
    pageSize: z.int(),
    limit: z.object({
      used: z.int().openapi({ description: "The number of keys of the account" }),
      maximum: z.int().openapi({ example: 100 }),
    }),
  })
  .openapi("ApiKeyList");

/**
 * The fields of a new key. `description`, `allowedAddresses` and `expiresAt` are optional.
 */
export type NewKey = z.input<typeof newKeySchema>;
/** Changes of a key. */
export type KeyChange = z.input<typeof keyChangeSchema>;
/** The options of a rotation. */
export type Rotation = z.input<typeof rotationSchema>;
/** The public form of a key, without its secrets. */
export type ApiKey = z.infer<typeof keySchema>;
/** The four values of a key. */
export type KeyCredentials = z.infer<typeof credentialsSchema>;
/** A key with its four values. */
export type KeyWithCredentials = z.infer<typeof keyWithCredentialsSchema>;
/** Selects, sorts and pages keys. */
export type KeyQuery = z.input<typeof keyQuerySchema>;
/** One page of keys. */
export type KeyList = z.infer<typeof keyListSchema>;
