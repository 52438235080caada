import { z } from "@hono/zod-openapi";
import { ROLES } from "./roles.js";

const username = z
  .string()
  .regex(
    /^[a-zA-Z0-9](?:[a-zA-Z0-9._@+-]{0,62}[a-zA-Z0-9])?$/,
    "1 to 64 letters, digits and . _ @ + -, with a letter or digit at both ends",
  )
  .openapi({ example: "jane.doe" });

const role = z.enum(ROLES);

/** Somebody to add to the account. */
export const newUserSchema = z.strictObject({ username, role }).openapi("NewUser");

/** What to change of a user; what is left out stays. */
export const userChangeSchema = z
  .strictObject({ role: role.optional(), enabled: z.boolean().optional() })
  .openapi("UserChange");

/** A user as it is shown. */
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

/** Somebody to add to the account. */
export type NewUser = z.input<typeof newUserSchema>;
/** What to change of a user. */
export type UserChange = z.input<typeof userChangeSchema>;
/** A user as it is shown. */
export type User = z.infer<typeof userSchema>;
