import { randomUUID } from "node:crypto";
import { count, eq } from "drizzle-orm";
import { ApiKeysError } from "../api-keys-error.js";
import type { Actor } from "../audit/actor.js";
import { record } from "../audit/record.js";
import { checkArguments } from "../check-arguments.js";
import { checkOptions } from "../check-options.js";
import { applications } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { IDEMPOTENCY_RULES, type Idempotency, once } from "../keys/idempotency.js";
import { randomIdentifier } from "../keys/key-secrets.js";
import { lockAccount } from "../sign-in/users.js";
import { validate } from "../validate.js";
import { showApplication } from "./application-rows.js";
import {
  type ApplicationWithCredentials,
  MAXIMUM_APPLICATIONS,
  type NewApplication,
  newApplicationSchema,
} from "./application-schema.js";
import { storeFreshSecret } from "./application-secrets.js";
import { APPLICATION_SECRET } from "./shown-once.js";

/**
 * Registers an application, which can then ask users for access (RFC 5849 §2). The result contains
 * its client credentials. Their secret is never shown again.
 *
 * @param options - With an `idempotencyKey`, a repeated call of the same actor within ten minutes
 * registers no second application: it returns the result of the first call.
 * @throws `ApiKeysError` `ERR_INPUT` if a value is wrong, `ERR_APPLICATION_LIMIT` if the account has
 * 100 applications, `ERR_NOT_FOUND` if the account does not exist, `ERR_IDEMPOTENCY_KEY` if the
 * idempotency key was used for another request.
 */
export async function registerApplication(
  installation: Installation,
  accountId: string,
  actor: Actor,
  input: NewApplication,
  options: Idempotency = {},
): Promise<ApplicationWithCredentials> {
  checkArguments({ installation, accountId, actor });
  checkOptions("registerApplication", options, IDEMPOTENCY_RULES);
  const { idempotencyKey } = options;
  const fields = validate(newApplicationSchema, input);
  const request = { accountId, actor, operation: "register", input: fields, idempotencyKey };
  return once(installation, request, APPLICATION_SECRET, async (transaction) => {
    // Serializes registrations in one account, so that the count is right.
    await lockAccount(transaction, accountId);
    const [counted] = await transaction
      .select({ applications: count() })
      .from(applications)
      .where(eq(applications.accountId, accountId));
    if ((counted?.applications ?? 0) >= MAXIMUM_APPLICATIONS) {
      throw new ApiKeysError(
        "ERR_APPLICATION_LIMIT",
        `the account has ${MAXIMUM_APPLICATIONS} applications, which is the maximum; applications cannot be deleted, so reuse one that is no longer needed: edit it and generate a new secret`,
      );
    }
    const now = installation.clock();
    const row = {
      ...fields,
      id: randomUUID(),
      accountId,
      enabled: true,
      clientIdentifier: randomIdentifier(),
      version: 1,
      createdAt: now,
      editedAt: now,
    };
    await transaction.insert(applications).values(row);
    const sharedSecret = await storeFreshSecret(transaction, installation, row.id, now);
    await record(transaction, {
      accountId,
      actor,
      action: "application registered",
      applicationId: row.id,
      after: fields,
      at: now,
    });
    const application = await showApplication(transaction, row, now);
    return { application, credentials: { client: { ...application.client, sharedSecret } } };
  });
}
