import { createHash, timingSafeEqual } from "node:crypto";
import type { CredentialStore } from "@oauth1/verifier";
import type { KeyCaller } from "./credential-store.js";

/** The four values of a key, as a bot sends them in a body. */
export interface PresentedValues {
  readonly appKey: string;
  readonly secret: string;
  readonly accessToken: string;
  readonly accessTokenSecret: string;
}

/** Whose four values these are, or `undefined`: where the key is disabled too. */
export async function callerOfValues(
  store: CredentialStore<KeyCaller>,
  values: PresentedValues,
): Promise<KeyCaller | undefined> {
  const { client, token, caller } = await store.find(values.appKey, values.accessToken);
  // Both are compared, whatever the first says, so that time does not tell which is wrong.
  const rightClient = isOneOf(values.secret, client?.sharedSecrets ?? []);
  const rightToken = isOneOf(values.accessTokenSecret, token?.sharedSecrets ?? []);
  return rightClient && rightToken && client?.status === "enabled" ? caller : undefined;
}

function isOneOf(presented: string, secrets: readonly string[]): boolean {
  const digest = sha256(presented);
  return secrets.filter((secret) => timingSafeEqual(sha256(secret), digest)).length > 0;
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}
