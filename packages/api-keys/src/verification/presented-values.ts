import { equalInConstantTime } from "@oauth1/hmac-sha1/constant-time";
import type { CredentialStore } from "@oauth1/verifier";
import type { KeyCaller } from "./credential-store.js";

/** The four values of a key, as a bot sends them in a request body. */
export interface PresentedValues {
  readonly appKey: string;
  readonly secret: string;
  readonly accessToken: string;
  readonly accessTokenSecret: string;
}

/**
 * Returns the key with these four values, or `undefined` if there is none, it is disabled, or it
 * has reached its end.
 */
export async function callerOfValues(
  store: CredentialStore<KeyCaller>,
  values: PresentedValues,
): Promise<KeyCaller | undefined> {
  const { client, token, caller } = await store.find(values.appKey, values.accessToken);
  // Always compares both, so that the time does not reveal which one is wrong.
  const rightClient = isOneOf(values.secret, client?.sharedSecrets ?? []);
  const rightToken = isOneOf(values.accessTokenSecret, token?.sharedSecrets ?? []);
  const isUsable = client?.status === "enabled" && token?.status === "enabled";
  return rightClient && rightToken && isUsable ? caller : undefined;
}

/** Compares all valid secrets, so that the time does not reveal which of them matches. */
function isOneOf(presented: string, secrets: readonly string[]): boolean {
  return secrets.filter((secret) => equalInConstantTime(secret, presented)).length > 0;
}
