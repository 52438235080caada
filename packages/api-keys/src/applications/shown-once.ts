import type { Database } from "@oauth1/storage";
import { and, eq, isNull } from "drizzle-orm";
import { applicationSecrets } from "../database/schema.js";
import type { ShownOnce } from "../keys/idempotency.js";
import type { Application, ApplicationWithCredentials } from "./application-schema.js";
import { openApplicationSecret } from "./application-secrets.js";

/** How a repeated request shows the secret of an application again. */
export const APPLICATION_SECRET: ShownOnce<ApplicationWithCredentials> = {
  async remember(transaction: Database, { application }) {
    const [current] = await transaction
      .select({ id: applicationSecrets.id })
      .from(applicationSecrets)
      .where(
        and(
          eq(applicationSecrets.applicationId, application.id),
          isNull(applicationSecrets.expiresAt),
        ),
      );
    return { shown: application, clientSecretId: current?.id };
  },
  async recall(transaction, installation, { shown, clientSecretId }) {
    const application = shown as Application;
    const [row] =
      clientSecretId === null
        ? []
        : await transaction
            .select()
            .from(applicationSecrets)
            .where(eq(applicationSecrets.id, clientSecretId));
    if (row === undefined) return `application ${application.id}`;
    const sharedSecret = openApplicationSecret(row, installation);
    return { application, credentials: { client: { ...application.client, sharedSecret } } };
  },
};
