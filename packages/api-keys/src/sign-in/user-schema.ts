import { z } from "@hono/zod-openapi";
import { ROLES } from "./roles.js";

const username = z
  .string()
  .regex(
    /^[a-zA-Z0-9](?:[a-zA-Z0-9._@+-]{0,62}[a-zA-Z0-9])?$/,
    "must be 1 to 64 letters, digits and . _ @ + -, and start and end with a letter or digit",
  )
  .openapi({ example: "jane.doe" });

const role = z.enum(ROLES);

/** The fields of a new user. */
export const newUserSchema = z.strictObject({ username, role }).openapi("NewUser");

/** Changes of a user. Omitted fields stay as they are. */
export const userChangeSchema = z
  .strictObject({ role: role.optional(), enabled: z.boolean().optional() })
  .openapi("UserChange");

/** The public form of a user. */
export const userSchema = z
  .object({
    id: z.uuid(),
    username: z.string(),
    role,
    enabled: z.boolean(),
    hasPassword: z.boolean(),
    createdAt: z.iso.datetime(),
  })
  .openapi("User");

/** A user, as administrators see the users of their account. */
export const memberSchema = userSchema
  .extend({
    openSessions: z.int().openapi({ description: "The number of open sessions" }),
    lastSeenAt: z.iso.datetime().nullable().openapi({
      description: "The last use of an open session; null if there is none",
    }),
    linkExpiresAt: z.iso.datetime().nullable().openapi({
      description: "When the unused one-time link expires; null if there is none",
    }),
  })
  .openapi("Member");

/** The fields of a new user. */
export type NewUser = z.input<typeof newUserSchema>;
/** Changes of a user. */
export type UserChange = z.input<typeof userChangeSchema>;
/** The public form of a user. */
export type User = z.infer<typeof userSchema>;
/** A user, as administrators see the users of their account. */
export type Member = z.infer<typeof memberSchema>;
