import type { Database } from "@oauth1/storage";
import { and, eq, gt, inArray } from "drizzle-orm";
import { ApiKeysError } from "../api-keys-error.js";
import { applicationSecrets, applications } from "../database/schema.js";
import { isUuid } from "../is-uuid.js";
import type { Application } from "./application-schema.js";

/** A row of the table of applications. */
export type ApplicationRow = typeof applications.$inferSelect;

/** Finds an application of an account. To change it, lock it until the transaction ends. */
export async function findApplication(
  database: Database,
  accountId: string,
  applicationId: string,
  lock: "lock" | "read",
): Promise<ApplicationRow> {
  const rows = isUuid(applicationId)
    ? database
        .select()
        .from(applications)
        .where(and(eq(applications.id, applicationId), eq(applications.accountId, accountId)))
    : undefined;
  const [row] = rows === undefined ? [] : await (lock === "lock" ? rows.for("update") : rows);
  if (row === undefined) {
    throw new ApiKeysError("ERR_NOT_FOUND", "the account has no application with this id");
  }
  return row;
}

/** Returns the public form of applications, in the same order. */
export async function showApplications(
  database: Database,
  rows: readonly ApplicationRow[],
  now: Date,
): Promise<Application[]> {
  const ids = rows.map(({ id }) => id);
  const old =
    ids.length === 0
      ? []
      : await database
          .select({ id: applicationSecrets.applicationId, end: applicationSecrets.expiresAt })
          .from(applicationSecrets)
          .where(
            and(
              inArray(applicationSecrets.applicationId, ids),
              gt(applicationSecrets.expiresAt, now),
            ),
          );
  return rows.map((row) => ({
    id: row.id,
    applicationName: row.applicationName,
    developerName: row.developerName,
    access: row.access,
    callbacks: row.callbacks,
    signatureMethods: row.signatureMethods,
    enabled: row.enabled,
    client: { identifier: row.clientIdentifier },
    oldSecretExpiresAt: old.find(({ id }) => id === row.id)?.end?.toISOString() ?? null,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt.toISOString(),
  }));
}

/** Returns the public form of one application. */
export async function showApplication(
  database: Database,
  row: ApplicationRow,
  now: Date,
): Promise<Application> {
  const [application] = await showApplications(database, [row], now);
  return application as Application;
}
