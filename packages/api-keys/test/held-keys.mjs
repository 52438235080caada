import { desc, isNull } from "drizzle-orm";
import { apiKeyPermissions, apiKeySecrets, apiKeys, auditLog } from "../dist/database/schema.js";
import { openSecret } from "../dist/encryption/sealed-secret.js";

/** Every key with its current secret, and whether all that belongs to it is there. */
export async function heldKeys({ database, keyRing }) {
  const keys = await database.select().from(apiKeys);
  const permissions = await database.select().from(apiKeyPermissions);
  const secrets = await database
    .select()
    .from(apiKeySecrets)
    .where(isNull(apiKeySecrets.expiresAt));
  const entries = await database.select().from(auditLog).orderBy(desc(auditLog.id));
  return keys.map(({ id, version }) => {
    const ofKey = secrets.filter(({ keyId }) => keyId === id);
    const parts = ofKey.map(({ part }) => part).sort();
    const changes = entries.filter(({ keyId }) => keyId === id).length;
    return {
      id,
      secret: ofKey
        .filter(({ part }) => part === "client")
        .map((row) => openSecret(row, row, keyRing))[0],
      whole:
        parts.join() === "client,token" &&
        permissions.some(({ keyId }) => keyId === id) &&
        changes === version,
    };
  });
}
