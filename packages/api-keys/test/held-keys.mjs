import { desc, isNull } from "drizzle-orm";
import { apiKeyPermissions, apiKeySecrets, apiKeys, auditLog } from "../dist/database/schema.js";
import { openSecret } from "../dist/encryption/sealed-secret.js";

/** Returns every key with its current secret; `whole` is true if all its rows exist. */
export async function heldKeys({ database, keyRing }) {
  const keys = await database.select().from(apiKeys);
  const permissions = await database.select().from(apiKeyPermissions);
  const secrets = await database
    .select()
    .from(apiKeySecrets)
    .where(isNull(apiKeySecrets.expiresAt));
  const entries = await database.select().from(auditLog).orderBy(desc(auditLog.id));
  const secretsOf = grouped(secrets);
  const permissionsOf = grouped(permissions);
  const entriesOf = grouped(entries);
  return keys.map(({ id, version }) => {
    const ofKey = secretsOf.get(id) ?? [];
    const client = ofKey.find(({ part }) => part === "client");
    return {
      id,
      secret: client && openSecret(client, client, keyRing),
      whole:
        ofKey.length === 2 &&
        client !== undefined &&
        permissionsOf.has(id) &&
        entriesOf.get(id)?.length === version,
    };
  });
}

function grouped(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.keyId, [...(groups.get(row.keyId) ?? []), row]);
  return groups;
}
