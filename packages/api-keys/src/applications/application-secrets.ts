import { randomUUID } from "node:crypto";
import { type Database, openSecret, type SealedSecret, sealSecret } from "@oauth1/storage";
import { applicationSecrets } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { randomSecret } from "../keys/key-secrets.js";

/** A row of the table of secrets. */
export type ApplicationSecretRow = typeof applicationSecrets.$inferSelect;

/** Stores a new encrypted secret of 256 bits, and returns it as 64 lower-case hex digits. */
export async function storeFreshSecret(
  transaction: Database,
  { keyRing }: Installation,
  applicationId: string,
  now: Date,
): Promise<string> {
  const secret = randomSecret();
  const row = { id: randomUUID(), applicationId, createdAt: now };
  await transaction
    .insert(applicationSecrets)
    .values({ ...row, ...sealSecret(secret, placeOf(row), keyRing) });
  return secret;
}

/** Decrypts a secret. */
export function openApplicationSecret(
  row: ApplicationSecretRow,
  { keyRing }: Pick<Installation, "keyRing">,
): string {
  return openSecret(row, placeOf(row), keyRing);
}

/** Encrypts a secret again with the current key. */
export function resealApplicationSecret(
  row: ApplicationSecretRow,
  { keyRing }: Pick<Installation, "keyRing">,
): SealedSecret {
  return sealSecret(openApplicationSecret(row, { keyRing }), placeOf(row), keyRing);
}

/** A secret that is moved to another row, or to another application's, cannot be decrypted. */
function placeOf({ id, applicationId }: { readonly id: string; readonly applicationId: string }) {
  return {
    path: ["oauth1 api-keys application secret", id, applicationId],
    name: `the secret of application ${applicationId}`,
  };
}
