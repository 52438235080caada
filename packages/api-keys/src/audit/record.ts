import type { Database } from "@oauth1/storage";
import { auditLog } from "../database/schema.js";
import type { Actor } from "./actor.js";

/** The kinds of entries. */
export const AUDIT_ACTIONS = [
  "account created",
  "key created",
  "key edited",
  "key enabled",
  "key disabled",
  "secrets rotated",
  "old secrets ended",
  "secrets re-encrypted",
  "user created",
  "user edited",
  "one-time link made",
  "password set",
  "password changed",
  "sessions ended",
  "application registered",
  "application edited",
  "application enabled",
  "application disabled",
  "application secret generated",
  "access granted",
  "access revoked",
] as const;

/** The kind of an entry. */
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** One entry of the log. */
export interface AuditEntry {
  readonly accountId: string;
  readonly actor: Actor;
  readonly action: AuditAction;
  readonly keyId?: string;
  readonly userId?: string;
  readonly applicationId?: string;
  readonly before?: object;
  readonly after?: object;
  readonly at: Date;
}

/**
 * Appends to the log in the transaction of the change, so that neither exists without the other.
 */
export async function record(transaction: Database, entry: AuditEntry): Promise<void> {
  const { actor, keyId = null, userId = null, before = null, after = null, ...rest } = entry;
  const { applicationId = null } = entry;
  await transaction.insert(auditLog).values({
    ...rest,
    actorId: actor.id,
    actorName: actor.name,
    address: actor.address ?? null,
    keyId,
    userId,
    applicationId,
    before,
    after,
  });
}
