import type { Database } from "../database/open-database.js";
import { auditLog } from "../database/schema.js";

/** The author of a change: a user of the account, or the system (`id` is null). */
export interface Actor {
  readonly id: string | null;
  readonly name: string;
}

/** The author of the changes by the first start and the command line. */
export const SYSTEM: Actor = { id: null, name: "system" };

/** The kinds of entries. */
export type AuditAction =
  | "key created"
  | "key edited"
  | "key enabled"
  | "key disabled"
  | "secrets rotated"
  | "old secrets ended"
  | "user created"
  | "user edited"
  | "one-time link made"
  | "password set";

/** One entry of the log. */
export interface AuditEntry {
  readonly accountId: string;
  readonly actor: Actor;
  readonly action: AuditAction;
  readonly keyId?: string;
  readonly userId?: string;
  readonly before?: object;
  readonly after?: object;
  readonly at: Date;
}

/**
 * Appends to the log in the transaction of the change, so that neither exists without the other.
 */
export async function record(transaction: Database, entry: AuditEntry): Promise<void> {
  const { actor, keyId = null, userId = null, before = null, after = null, ...rest } = entry;
  await transaction
    .insert(auditLog)
    .values({ ...rest, actorId: actor.id, actorName: actor.name, keyId, userId, before, after });
}
