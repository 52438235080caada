import { asc, eq, sql } from "drizzle-orm";
import { checkArguments } from "../check-arguments.js";
import { applications } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { findApplication, showApplication, showApplications } from "./application-rows.js";
import {
  type Application,
  type ApplicationList,
  MAXIMUM_APPLICATIONS,
} from "./application-schema.js";

/** Reads one application. @throws ApiKeysError `ERR_NOT_FOUND`. */
export async function readApplication(
  installation: Installation,
  accountId: string,
  applicationId: string,
): Promise<Application> {
  checkArguments({ installation, accountId, applicationId });
  const { database, clock } = installation;
  const row = await findApplication(database, accountId, applicationId, "read");
  return showApplication(database, row, clock());
}

/** Lists the applications of an account, at most 100, sorted by name. */
export async function listApplications(
  installation: Installation,
  accountId: string,
): Promise<ApplicationList> {
  checkArguments({ installation, accountId });
  const { database, clock } = installation;
  const rows = await database
    .select()
    .from(applications)
    .where(eq(applications.accountId, accountId))
    .orderBy(asc(sql`lower(${applications.applicationName})`), asc(applications.createdAt));
  return {
    applications: await showApplications(database, rows, clock()),
    limit: { used: rows.length, maximum: MAXIMUM_APPLICATIONS },
  };
}
