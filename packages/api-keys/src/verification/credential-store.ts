import type { CredentialStore } from "@oauth1/verifier";
import { and, desc, eq, gt, isNull, or } from "drizzle-orm";
import { checkArguments } from "../check-arguments.js";
import { apiKeyPermissions, apiKeySecrets, apiKeys } from "../database/schema.js";
import { openSecret } from "../encryption/sealed-secret.js";
import type { Installation } from "../installation.js";
import { isExpired } from "../keys/expiry.js";

/** The key that signed a request, and its permissions. The verifier passes this to the handler. */
export interface KeyCaller {
  readonly accountId: string;
  readonly keyId: string;
  readonly applicationName: string;
  /** Identifiers of the catalogue. */
  readonly category: string;
  readonly permissions: readonly string[];
  /**
   * IP addresses and ranges from which the key can be used: see `isAllowedAddress`. Empty if every
   * address is allowed.
   */
  readonly allowedAddresses: readonly string[];
}

/**
 * Creates the verifier's credential store for the keys of an installation. Each lookup queries the
 * database. Put `@oauth1/verifier/credentials/cache` of at most 4 seconds in front of it, so that a
 * disabled key stops working within 5 seconds.
 *
 * A disabled key has the status `refused`. A key that has reached its end has a token with the
 * status `expired`, and without a token the status `rejected`. A token is found only together with
 * its own client. The caller's `allowedAddresses` are not checked here.
 */
export function keyCredentialStore(installation: Installation): CredentialStore<KeyCaller> {
  checkArguments({ installation });
  const { database, keyRing, clock } = installation;
  return {
    async find(client, token) {
      if (!IDENTIFIER.test(client)) return { client: undefined };
      // One statement reads the key and its valid secrets, so that no change comes between.
      const rows = await database
        .select()
        .from(apiKeys)
        .leftJoin(
          apiKeySecrets,
          and(
            eq(apiKeySecrets.keyId, apiKeys.id),
            or(isNull(apiKeySecrets.expiresAt), gt(apiKeySecrets.expiresAt, clock())),
          ),
        )
        .where(eq(apiKeys.clientIdentifier, client))
        .orderBy(desc(apiKeySecrets.createdAt));
      const key = rows[0]?.api_keys;
      if (key === undefined) return { client: undefined };
      const permissions = await database
        .select({ permission: apiKeyPermissions.permission })
        .from(apiKeyPermissions)
        .where(eq(apiKeyPermissions.keyId, key.id));
      const secretsOf = (part: "client" | "token") =>
        rows.flatMap(({ api_key_secrets: row }) =>
          row?.part === part ? [openSecret(row, row, keyRing)] : [],
        );
      const hasExpired = isExpired(key, clock());
      return {
        client: {
          identifier: key.clientIdentifier,
          sharedSecrets: secretsOf("client"),
          status: !key.enabled
            ? "refused"
            : hasExpired && token === undefined
              ? "rejected"
              : "enabled",
        },
        token:
          token === key.tokenIdentifier
            ? {
                identifier: token,
                sharedSecrets: secretsOf("token"),
                status: hasExpired ? "expired" : "enabled",
              }
            : undefined,
        caller: {
          accountId: key.accountId,
          keyId: key.id,
          applicationName: key.applicationName,
          category: key.category,
          permissions: permissions.map(({ permission }) => permission),
          allowedAddresses: key.allowedAddresses,
        },
      };
    },
  };
}

/** All other identifiers are unknown, without a query to the database. */
export const IDENTIFIER = /^[0-9a-f]{32}$/;
