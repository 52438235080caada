import type { ProviderStore } from "@oauth1/provider";
import { type SqlStore, sqlStore } from "@oauth1/provider/sql";
import { type Database, transactionClient } from "@oauth1/storage";
import { eq, inArray } from "drizzle-orm";
import { ApiKeysError } from "../api-keys-error.js";
import type { Actor } from "../audit/actor.js";
import { record } from "../audit/record.js";
import { applications, users } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { validate } from "../validate.js";
import { findApplication } from "./application-rows.js";
import {
  type ApplicationTokens,
  type OwnTokens,
  type TokenQuery,
  tokenQuerySchema,
} from "./application-schema.js";

/** The provider's store. The audit log gets an entry for each token, in the same transaction. */
export function auditedStore(installation: Installation): ProviderStore {
  return {
    ...sqlStore(installation),
    exchange: (temporary, token) =>
      installation.database.transaction(async (transaction) => {
        const isIssued = await storeIn(transaction, installation).exchange(temporary, token);
        if (!isIssued) return false;
        const [user] = await transaction
          .select({ id: users.id, name: users.username })
          .from(users)
          .where(eq(users.id, token.resourceOwner));
        const [application] = await transaction
          .select({ id: applications.id, accountId: applications.accountId })
          .from(applications)
          .where(eq(applications.clientIdentifier, token.client));
        if (user === undefined || application === undefined) return transaction.rollback();
        await record(transaction, {
          accountId: application.accountId,
          actor: user,
          action: "access granted",
          applicationId: application.id,
          userId: user.id,
          at: installation.clock(),
        });
        return true;
      }),
  };
}

/** Lists a page of the tokens of an application. @throws ApiKeysError `ERR_INPUT`, `ERR_NOT_FOUND`. */
export async function listApplicationTokens(
  installation: Installation,
  accountId: string,
  applicationId: string,
  input: TokenQuery = {},
): Promise<ApplicationTokens> {
  const { database } = installation;
  const { after, pageSize } = validate(tokenQuerySchema, input);
  const { clientIdentifier } = await findApplication(database, accountId, applicationId, "read");
  const found = await sqlStore(installation).listClientTokens(
    clientIdentifier,
    pageSize + 1,
    after === undefined ? undefined : cursorOf(after),
  );
  const tokens = found.slice(0, pageSize);
  const owners = [...new Set(tokens.map(({ resourceOwner }) => resourceOwner))];
  const people =
    owners.length === 0
      ? []
      : await database
          .select({ id: users.id, name: users.username, enabled: users.enabled })
          .from(users)
          .where(inArray(users.id, owners));
  const last = found.length > pageSize ? tokens.at(-1) : undefined;
  return {
    tokens: tokens.flatMap(({ identifier, created, resourceOwner }) => {
      const user = people.find(({ id }) => id === resourceOwner);
      return user === undefined ? [] : [{ identifier, createdAt: created.toISOString(), user }];
    }),
    next: last === undefined ? null : `${last.created.toISOString()}_${last.identifier}`,
  };
}

/** Lists the applications that a user has granted access, the newest first. */
export async function listOwnTokens(
  installation: Installation,
  user: { readonly id: string },
): Promise<OwnTokens> {
  const tokens = await sqlStore(installation).listTokens(user.id);
  const clients = [...new Set(tokens.map(({ client }) => client))];
  const rows =
    clients.length === 0
      ? []
      : await installation.database
          .select()
          .from(applications)
          .where(inArray(applications.clientIdentifier, clients));
  return {
    tokens: tokens.toReversed().flatMap(({ identifier, client, created }) => {
      const row = rows.find(({ clientIdentifier }) => clientIdentifier === client);
      if (row === undefined) return [];
      const { applicationName: name, developerName, access, enabled } = row;
      return {
        identifier,
        createdAt: created.toISOString(),
        application: { name, developerName, access, enabled },
      };
    }),
  };
}

/**
 * Revokes a token of an application. It stops working within 5 seconds in every process.
 *
 * @returns The client identifier of the application.
 * @throws ApiKeysError `ERR_NOT_FOUND`.
 */
export async function revokeApplicationToken(
  installation: Installation,
  accountId: string,
  actor: Actor,
  applicationId: string,
  identifier: string,
): Promise<string> {
  const row = await findApplication(installation.database, accountId, applicationId, "read");
  const token = await sqlStore(installation).findToken(identifier);
  if (token?.client !== row.clientIdentifier) {
    throw notFound("the application has no token with this identifier");
  }
  await revoke(installation, actor, row, token);
  return row.clientIdentifier;
}

/** Revokes a token of a user, for whom it was issued. The same as `revokeApplicationToken`. */
export async function revokeOwnToken(
  installation: Installation,
  actor: Actor & { readonly id: string },
  identifier: string,
): Promise<string> {
  const token = await sqlStore(installation).findToken(identifier);
  const [row] =
    token?.resourceOwner === actor.id
      ? await installation.database
          .select()
          .from(applications)
          .where(eq(applications.clientIdentifier, token.client))
      : [];
  if (token === undefined || row === undefined) {
    throw notFound("you have no token with this identifier");
  }
  await revoke(installation, actor, row, token);
  return row.clientIdentifier;
}

async function revoke(
  installation: Installation,
  actor: Actor,
  application: { readonly id: string; readonly accountId: string },
  { identifier, resourceOwner }: { readonly identifier: string; readonly resourceOwner: string },
): Promise<void> {
  await installation.database.transaction(async (transaction) => {
    const store = storeIn(transaction, installation);
    if (!(await store.revokeToken(resourceOwner, identifier))) {
      throw notFound("the token was revoked already");
    }
    await record(transaction, {
      accountId: application.accountId,
      actor,
      action: "access revoked",
      applicationId: application.id,
      userId: resourceOwner,
      at: installation.clock(),
    });
  });
}

function storeIn(transaction: Database, { keyRing }: Installation): SqlStore {
  return sqlStore({ client: transactionClient(transaction), keyRing });
}

/** The inverse of `next`. */
function cursorOf(text: string) {
  const at = text.indexOf("_");
  const created = new Date(text.slice(0, at));
  if (Number.isNaN(created.getTime())) return undefined;
  return { created, identifier: text.slice(at + 1) };
}

function notFound(message: string): ApiKeysError {
  return new ApiKeysError("ERR_NOT_FOUND", message);
}
