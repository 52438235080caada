import { equalInConstantTime } from "@oauth1/hmac-sha1/constant-time";
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

/** All of them are compared: time does not tell which of two secrets in force it is. */
function isOneOf(presented: string, secrets: readonly string[]): boolean {
  return secrets.filter((secret) => equalInConstantTime(secret, presented)).length > 0;
}
