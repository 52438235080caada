import { and, eq, isNotNull, isNull } from "drizzle-orm";
import type { Actor } from "../audit/actor.js";
import { record } from "../audit/record.js";
import { checkArguments } from "../check-arguments.js";
import { checkOptions } from "../check-options.js";
import { applicationSecrets, applications } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { IDEMPOTENCY_RULES, type Idempotency, once } from "../keys/idempotency.js";
import { type Rotation, rotationSchema } from "../keys/key-schema.js";
import { validate } from "../validate.js";
import { findApplication, showApplication } from "./application-rows.js";
import type { ApplicationWithCredentials } from "./application-schema.js";
import { storeFreshSecret } from "./application-secrets.js";
import { APPLICATION_SECRET } from "./shown-once.js";

/**
 * Generates a new secret for an application. The identifier and the tokens do not change. The
 * current secret continues to work for `overlapSeconds`. A secret before it ends at once.
 *
 * @param options - With an `idempotencyKey`, a repeated call of the same actor within ten minutes
 * generates no second secret: it returns the result of the first call.
 * @throws `ApiKeysError` `ERR_INPUT`, `ERR_NOT_FOUND`, `ERR_IDEMPOTENCY_KEY` if the idempotency key
 * was used for another request.
 */
export async function generateApplicationSecret(
  installation: Installation,
  accountId: string,
  actor: Actor,
  applicationId: string,
  input: Rotation = {},
  options: Idempotency = {},
): Promise<ApplicationWithCredentials> {
  checkArguments({ installation, accountId, actor, applicationId });
  checkOptions("generateApplicationSecret", options, IDEMPOTENCY_RULES);
  const { idempotencyKey } = options;
  const { overlapSeconds } = validate(rotationSchema, input);
  const operation = `generate secret ${applicationId.toLowerCase()}`;
  const request = { accountId, actor, operation, input: { overlapSeconds }, idempotencyKey };
  return once(installation, request, APPLICATION_SECRET, async (transaction) => {
    const now = installation.clock();
    const row = await findApplication(transaction, accountId, applicationId, "lock");
    const ofApplication = eq(applicationSecrets.applicationId, row.id);
    await transaction
      .delete(applicationSecrets)
      .where(and(ofApplication, isNotNull(applicationSecrets.expiresAt)));
    const expiresAt = new Date(now.getTime() + overlapSeconds * 1000);
    await transaction
      .update(applicationSecrets)
      .set({ expiresAt })
      .where(and(ofApplication, isNull(applicationSecrets.expiresAt)));
    const sharedSecret = await storeFreshSecret(transaction, installation, row.id, now);
    const changed = { ...row, version: row.version + 1, editedAt: now };
    await transaction.update(applications).set(changed).where(eq(applications.id, row.id));
    await record(transaction, {
      accountId,
      actor,
      action: "application secret generated",
      applicationId: row.id,
      after: { oldSecretExpiresAt: expiresAt.toISOString() },
      at: now,
    });
    const application = await showApplication(transaction, changed, now);
    return { application, credentials: { client: { ...application.client, sharedSecret } } };
  });
}
