import type { ClientStore, ProviderClient } from "@oauth1/provider";
import { and, desc, eq, gt, isNull, or } from "drizzle-orm";
import { applicationSecrets, applications } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { IDENTIFIER } from "../verification/credential-store.js";
import { openApplicationSecret } from "./application-secrets.js";

/** An application as a client of the provider. */
export interface RegisteredClient extends ProviderClient {
  readonly applicationId: string;
  readonly accountId: string;
}

/** Returns the applications of an installation as the clients of a provider. */
export function registeredClients(installation: Installation): ClientStore {
  const { database, clock } = installation;
  return {
    async find(identifier): Promise<RegisteredClient | undefined> {
      if (!IDENTIFIER.test(identifier)) return undefined;
      // One statement reads the application and its valid secrets, so that no change comes between.
      const rows = await database
        .select()
        .from(applications)
        .leftJoin(
          applicationSecrets,
          and(
            eq(applicationSecrets.applicationId, applications.id),
            or(isNull(applicationSecrets.expiresAt), gt(applicationSecrets.expiresAt, clock())),
          ),
        )
        .where(eq(applications.clientIdentifier, identifier))
        .orderBy(desc(applicationSecrets.createdAt));
      const application = rows[0]?.applications;
      if (application === undefined) return undefined;
      return {
        identifier,
        sharedSecrets: rows.flatMap(({ application_secrets: row }) =>
          row === null ? [] : [openApplicationSecret(row, installation)],
        ),
        status: application.enabled ? "enabled" : "refused",
        signatureMethods: application.signatureMethods,
        name: application.applicationName,
        developer: application.developerName,
        access: application.access.length > 0 ? application.access : undefined,
        callbacks: application.callbacks,
        applicationId: application.id,
        accountId: application.accountId,
      };
    },
  };
}
