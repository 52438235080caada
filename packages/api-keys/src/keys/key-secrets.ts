import { randomBytes, randomUUID } from "node:crypto";
import type { Database } from "@oauth1/storage";
import { apiKeySecrets } from "../database/schema.js";
import { sealSecret } from "../encryption/sealed-secret.js";
import type { Installation } from "../installation.js";
import type { KeyRow } from "./key-rows.js";
import type { KeyCredentials } from "./key-schema.js";

/** Returns a random identifier of 32 lower-case hex digits, a common form. */
export function randomIdentifier(): string {
  return randomBytes(16).toString("hex");
}

/**
 * Stores two new encrypted secrets of 256 bits, and returns them as 64 lower-case hex digits each.
 */
export async function storeFreshSecrets(
  transaction: Database,
  { keyRing }: Installation,
  key: KeyRow,
  now: Date,
): Promise<KeyCredentials> {
  const secrets = { client: randomSecret(), token: randomSecret() };
  const parts = ["client", "token"] as const;
  await transaction.insert(apiKeySecrets).values(
    parts.map((part) => {
      const place = { id: randomUUID(), keyId: key.id, part };
      return { ...place, ...sealSecret(secrets[part], place, keyRing), createdAt: now };
    }),
  );
  return {
    client: { identifier: key.clientIdentifier, sharedSecret: secrets.client },
    token: { identifier: key.tokenIdentifier, sharedSecret: secrets.token },
  };
}

/** Returns a random secret of 64 lower-case hex digits. */
export function randomSecret(): string {
  return randomBytes(32).toString("hex");
}
