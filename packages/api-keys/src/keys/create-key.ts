import { randomUUID } from "node:crypto";
import { count, eq } from "drizzle-orm";
import { ApiKeysError } from "../api-keys-error.js";
import type { Actor } from "../audit/actor.js";
import { record } from "../audit/record.js";
import { checkArguments } from "../check-arguments.js";
import { checkOptions } from "../check-options.js";
import { accounts, apiKeyPermissions, apiKeys } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { validate } from "../validate.js";
import { futureDate } from "./expiry.js";
import { IDEMPOTENCY_RULES, type Idempotency, once } from "./idempotency.js";
import { showKey } from "./key-rows.js";
import { type KeyWithCredentials, type NewKey, newKeySchema } from "./key-schema.js";
import { randomIdentifier, storeFreshSecrets } from "./key-secrets.js";
import { requirePrivileges } from "./privileges.js";
import { KEY_SECRETS } from "./shown-once.js";

/** The maximum number of keys of an account. */
export const MAXIMUM_KEYS = 100;

/**
 * Creates an API key. The result contains its four values, which are never shown again.
 *
 * @param options - With an `idempotencyKey`, a repeated call of the same actor within ten minutes
 * creates no second key: it returns the result of the first call.
 * @throws `ApiKeysError` `ERR_INPUT` if a value is wrong, `ERR_KEY_LIMIT` if the account has
 * 100 keys, `ERR_NOT_FOUND` if the account does not exist, `ERR_IDEMPOTENCY_KEY` if the idempotency
 * key was used for another request.
 */
export async function createKey(
  installation: Installation,
  accountId: string,
  actor: Actor,
  input: NewKey,
  options: Idempotency = {},
): Promise<KeyWithCredentials> {
  checkArguments({ installation, accountId, actor });
  checkOptions("createKey", options, IDEMPOTENCY_RULES);
  const { idempotencyKey } = options;
  const valid = validate(newKeySchema, input);
  const { permissions, ...fields } = valid;
  requirePrivileges(installation.catalogue, { category: fields.category, permissions });
  const expiresAt = futureDate(fields.expiresAt, installation.clock());

  const request = { accountId, actor, operation: "create", input: valid, idempotencyKey };
  return once(installation, request, KEY_SECRETS, async (transaction) => {
    // Locking the account's row serializes creations in one account, so that the count is right.
    const [account] = await transaction
      .select()
      .from(accounts)
      .where(eq(accounts.id, accountId))
      .for("update");
    if (account === undefined)
      throw new ApiKeysError("ERR_NOT_FOUND", "the account does not exist");
    const [counted] = await transaction
      .select({ keys: count() })
      .from(apiKeys)
      .where(eq(apiKeys.accountId, accountId));
    if ((counted?.keys ?? 0) >= MAXIMUM_KEYS) {
      throw new ApiKeysError(
        "ERR_KEY_LIMIT",
        `the account has ${MAXIMUM_KEYS} API keys, which is the maximum; keys cannot be deleted, so reuse one that is no longer needed: edit it and rotate its secrets`,
      );
    }

    const now = installation.clock();
    const row = {
      ...fields,
      id: randomUUID(),
      accountId,
      expiresAt,
      enabled: true,
      clientIdentifier: randomIdentifier(),
      tokenIdentifier: randomIdentifier(),
      version: 1,
      createdAt: now,
      editedAt: now,
    };
    await transaction.insert(apiKeys).values(row);
    await transaction
      .insert(apiKeyPermissions)
      .values(permissions.map((permission) => ({ keyId: row.id, permission })));
    const credentials = await storeFreshSecrets(transaction, installation, row, now);
    await record(transaction, {
      accountId,
      actor,
      action: "key created",
      keyId: row.id,
      after: { ...fields, permissions },
      at: now,
    });
    return { key: await showKey(transaction, row, now), credentials };
  });
}
