import type { Grant } from "@oauth1/provider";
import type { CredentialStore } from "@oauth1/verifier";
import { eq } from "drizzle-orm";
import { users } from "../database/schema.js";
import type { Installation } from "../installation.js";
import type { UserRow } from "../sign-in/users.js";
import type { RegisteredClient } from "./registered-clients.js";

/** The application that sent a request, and the user who granted it access. */
export interface ApplicationCaller {
  readonly accountId: string;
  readonly applicationName: string;
  readonly user: UserRow;
}

/**
 * Returns the credentials of applications and of the tokens that users granted. The token of a
 * disabled user is rejected.
 */
export function applicationCredentials(
  { database }: Installation,
  granted: CredentialStore<Grant>,
): CredentialStore<ApplicationCaller> {
  return {
    async find(clientIdentifier, tokenIdentifier) {
      const { client, token, caller } = await granted.find(clientIdentifier, tokenIdentifier);
      if (token === undefined || caller?.resourceOwner === undefined) return { client };
      const { accountId, name } = caller.client as RegisteredClient;
      const [user] = await database.select().from(users).where(eq(users.id, caller.resourceOwner));
      if (!user?.enabled || user.accountId !== accountId) {
        return { client, token: { ...token, status: "rejected" } };
      }
      return { client, token, caller: { accountId, applicationName: name, user } };
    },
  };
}
