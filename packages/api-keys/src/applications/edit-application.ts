import { eq } from "drizzle-orm";
import { ApiKeysError } from "../api-keys-error.js";
import type { Actor } from "../audit/actor.js";
import { record } from "../audit/record.js";
import { checkArguments } from "../check-arguments.js";
import { applications } from "../database/schema.js";
import { differences, withoutUndefined } from "../differences.js";
import type { Installation } from "../installation.js";
import { validate } from "../validate.js";
import { findApplication, showApplication } from "./application-rows.js";
import {
  type Application,
  type ApplicationChange,
  applicationChangeSchema,
} from "./application-schema.js";

/**
 * Changes the name, developer, access, callbacks or signature methods of an application. Omitted
 * fields stay as they are. If nothing changes, the audit log gets no entry.
 *
 * @throws `ApiKeysError` `ERR_INPUT` if a value is wrong, `ERR_STALE` if the application was changed
 * after `version`, `ERR_NOT_FOUND`.
 */
export async function editApplication(
  installation: Installation,
  accountId: string,
  actor: Actor,
  applicationId: string,
  input: ApplicationChange,
): Promise<Application> {
  checkArguments({ installation, accountId, actor, applicationId });
  const { version, ...change } = validate(applicationChangeSchema, input);
  return installation.database.transaction(async (transaction) => {
    const now = installation.clock();
    const row = await findApplication(transaction, accountId, applicationId, "lock");
    if (version !== undefined && version !== row.version) {
      throw new ApiKeysError(
        "ERR_STALE",
        "the application was changed after it was read; read it again",
      );
    }
    const wanted = { ...row, ...(withoutUndefined(change) as Partial<typeof row>) };
    const before = differences(row, wanted);
    const after = differences(wanted, row);
    if (Object.keys(after).length === 0) return showApplication(transaction, row, now);
    const changed = { ...wanted, version: row.version + 1, editedAt: now };
    await transaction.update(applications).set(changed).where(eq(applications.id, row.id));
    await record(transaction, {
      accountId,
      actor,
      action: "application edited",
      applicationId: row.id,
      before,
      after,
      at: now,
    });
    return showApplication(transaction, changed, now);
  });
}

/**
 * Enables or disables an application. All tokens of a disabled application stop working within 5
 * seconds in every process, and users cannot grant it access. They work again after it is enabled.
 *
 * @throws ApiKeysError `ERR_NOT_FOUND`.
 */
export async function setApplicationEnabled(
  installation: Installation,
  accountId: string,
  actor: Actor,
  applicationId: string,
  enabled: boolean,
): Promise<Application> {
  checkArguments({ installation, accountId, actor, applicationId, enabled });
  return installation.database.transaction(async (transaction) => {
    const now = installation.clock();
    const row = await findApplication(transaction, accountId, applicationId, "lock");
    if (row.enabled === enabled) return showApplication(transaction, row, now);
    const changed = { ...row, enabled, version: row.version + 1, editedAt: now };
    await transaction.update(applications).set(changed).where(eq(applications.id, row.id));
    await record(transaction, {
      accountId,
      actor,
      action: enabled ? "application enabled" : "application disabled",
      applicationId: row.id,
      before: { enabled: row.enabled },
      after: { enabled },
      at: now,
    });
    return showApplication(transaction, changed, now);
  });
}
