import { and, eq, inArray, isNull } from "drizzle-orm";
import { apiKeySecrets } from "../database/schema.js";
import { openSecret } from "../encryption/sealed-secret.js";
import type { ShownOnce } from "./idempotency.js";
import type { ApiKey, KeyWithCredentials } from "./key-schema.js";

/** How a repeated request shows the secrets of a key again. */
export const KEY_SECRETS: ShownOnce<KeyWithCredentials> = {
  async remember(transaction, { key }) {
    const current = await transaction
      .select({ id: apiKeySecrets.id, part: apiKeySecrets.part })
      .from(apiKeySecrets)
      .where(and(eq(apiKeySecrets.keyId, key.id), isNull(apiKeySecrets.expiresAt)));
    return {
      shown: key,
      clientSecretId: current.find(({ part }) => part === "client")?.id,
      tokenSecretId: current.find(({ part }) => part === "token")?.id,
    };
  },
  async recall(transaction, { keyRing }, { shown, clientSecretId, tokenSecretId }) {
    const key = shown as ApiKey;
    const ids = [clientSecretId, tokenSecretId].filter((id) => id !== null);
    const rows = await transaction
      .select()
      .from(apiKeySecrets)
      .where(inArray(apiKeySecrets.id, ids));
    const client = rows.find(({ part }) => part === "client");
    const token = rows.find(({ part }) => part === "token");
    if (client === undefined || token === undefined) return `API key ${key.id}`;
    return {
      key,
      credentials: {
        client: { ...key.client, sharedSecret: openSecret(client, client, keyRing) },
        token: { ...key.token, sharedSecret: openSecret(token, token, keyRing) },
      },
    };
  },
};
