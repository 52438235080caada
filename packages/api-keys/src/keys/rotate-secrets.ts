import type { Database } from "@oauth1/storage";
import { and, count, eq, gt, isNull, lte } from "drizzle-orm";
import { ApiKeysError } from "../api-keys-error.js";
import type { Actor } from "../audit/actor.js";
import { record } from "../audit/record.js";
import { checkArguments } from "../check-arguments.js";
import { checkOptions } from "../check-options.js";
import { apiKeySecrets, apiKeys } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { validate } from "../validate.js";
import { IDEMPOTENCY_RULES, type Idempotency, once } from "./idempotency.js";
import { findRow, showKey } from "./key-rows.js";
import { type KeyWithCredentials, type Rotation, rotationSchema } from "./key-schema.js";
import { storeFreshSecrets } from "./key-secrets.js";
import { KEY_SECRETS } from "./shown-once.js";

/**
 * The maximum number of old secrets of each kind that work besides the current one. The verifier
 * tries every pair, so this bounds its work.
 */
export const MAXIMUM_OLD_SECRETS = 4;

/**
 * Generates two new secrets for a key. The identifiers do not change. The current secrets continue
 * to work for `overlapSeconds`. Secrets of earlier rotations work until the time that was promised
 * then: `endOldSecrets` ends them earlier.
 *
 * @param options - With an `idempotencyKey`, a repeated call of the same actor within ten minutes
 * generates no more secrets: it returns the result of the first call.
 * @throws ApiKeysError `ERR_INPUT`, `ERR_NOT_FOUND`, `ERR_OLD_SECRETS_LIMIT` if more than four old
 * secrets of each kind would work, `ERR_IDEMPOTENCY_KEY` if the idempotency key was used for another
 * request.
 */
export async function rotateSecrets(
  installation: Installation,
  accountId: string,
  actor: Actor,
  keyId: string,
  input: Rotation = {},
  options: Idempotency = {},
): Promise<KeyWithCredentials> {
  checkArguments({ installation, accountId, actor, keyId });
  checkOptions("rotateSecrets", options, IDEMPOTENCY_RULES);
  const { idempotencyKey } = options;
  const { overlapSeconds } = validate(rotationSchema, input);
  const operation = `rotate ${keyId.toLowerCase()}`;
  const request = { accountId, actor, operation, input: { overlapSeconds }, idempotencyKey };
  return once(installation, request, KEY_SECRETS, async (transaction) => {
    const now = installation.clock();
    const row = await findRow(transaction, accountId, keyId, "lock");
    const expiresAt = new Date(now.getTime() + overlapSeconds * 1000);
    await transaction
      .delete(apiKeySecrets)
      .where(and(eq(apiKeySecrets.keyId, row.id), lte(apiKeySecrets.expiresAt, now)));
    if (overlapSeconds > 0) await requirePlace(transaction, row.id, now);
    await transaction
      .update(apiKeySecrets)
      .set({ expiresAt })
      .where(and(eq(apiKeySecrets.keyId, row.id), isNull(apiKeySecrets.expiresAt)));
    const credentials = await storeFreshSecrets(transaction, installation, row, now);
    const changed = { ...row, version: row.version + 1, editedAt: now };
    await transaction.update(apiKeys).set(changed).where(eq(apiKeys.id, row.id));
    await record(transaction, {
      accountId,
      actor,
      action: "secrets rotated",
      keyId: row.id,
      after: { oldSecretsExpireAt: expiresAt.toISOString() },
      at: now,
    });
    return { key: await showKey(transaction, changed, now), credentials };
  });
}

/** Throws if the current secrets cannot continue to work, because too many old ones do. */
async function requirePlace(transaction: Database, keyId: string, now: Date): Promise<void> {
  const [old] = await transaction
    .select({ secrets: count() })
    .from(apiKeySecrets)
    .where(
      and(
        eq(apiKeySecrets.keyId, keyId),
        eq(apiKeySecrets.part, "client"),
        gt(apiKeySecrets.expiresAt, now),
      ),
    );
  if ((old?.secrets ?? 0) < MAXIMUM_OLD_SECRETS) return;
  throw new ApiKeysError(
    "ERR_OLD_SECRETS_LIMIT",
    `the secrets of ${MAXIMUM_OLD_SECRETS} earlier rotations still work, which is the maximum; end the old secrets first, or rotate without an overlap`,
  );
}
