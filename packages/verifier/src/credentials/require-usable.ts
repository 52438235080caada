import { isObject } from "@oauth1/options";
import type { FoundCredentials } from "../credential-store.js";

/**
 * Returns the result of a credential store if it can be used. Without this check, text instead of a
 * list of secrets would make each character a secret, and an unknown status would count as enabled.
 *
 * @returns The result, or that of an unknown client for `null` and `undefined`.
 * @throws TypeError that names the property and never shows its value.
 */
export function requireUsable<Caller>(answer: unknown): FoundCredentials<Caller> {
  if (answer === null || answer === undefined) return UNKNOWN;
  if (!isObject(answer)) throw wrong("find()", "return an object such as { client: { … } }");
  const { client, token } = answer as { client?: unknown; token?: unknown };
  if (client === null || client === undefined) return UNKNOWN;
  requireIdentified("client", client);
  requireStatus("client", client, CLIENT_STATUSES);
  requireSecrets("client", client);
  const { sharedSecrets, publicKey, status = "enabled" } = client as Properties;
  if (status === "enabled" && sharedSecrets === undefined && publicKey === undefined) {
    throw wrong("client", "have sharedSecrets or publicKey");
  }
  if (token === null) return { ...(answer as FoundCredentials<Caller>), token: undefined };
  if (token !== undefined) {
    requireIdentified("token", token);
    requireStatus("token", token, TOKEN_STATUSES);
    requireSecrets("token", token);
    const { sharedSecrets, status = "enabled" } = token as Properties;
    if (status === "enabled" && sharedSecrets === undefined) {
      throw wrong("token.sharedSecrets", "be an array of strings");
    }
  }
  return answer as FoundCredentials<Caller>;
}

interface Properties {
  readonly sharedSecrets?: unknown;
  readonly publicKey?: unknown;
  readonly status?: unknown;
}

const UNKNOWN = { client: undefined };
const CLIENT_STATUSES: readonly unknown[] = [undefined, "enabled", "refused", "rejected"];
const TOKEN_STATUSES: readonly unknown[] = [
  undefined,
  "enabled",
  "used",
  "expired",
  "revoked",
  "rejected",
];

function requireIdentified(what: string, value: unknown): asserts value is object {
  if (!isObject(value)) throw wrong(what, "be an object, or undefined");
  if (typeof (value as { identifier?: unknown }).identifier !== "string") {
    throw wrong(`${what}.identifier`, "be a string");
  }
}

function requireStatus(what: string, value: object, known: readonly unknown[]): void {
  if (known.includes((value as Properties).status)) return;
  throw wrong(`${what}.status`, `be one of ${known.slice(1).join(", ")}, or undefined`);
}

function requireSecrets(what: string, value: object): void {
  if ("sharedSecret" in value) {
    throw wrong(`${what}.sharedSecrets`, "be an array of strings; sharedSecret is not read");
  }
  const { sharedSecrets } = value as Properties;
  if (sharedSecrets === undefined) return;
  if (!Array.isArray(sharedSecrets)) throw wrong(`${what}.sharedSecrets`, "be an array of strings");
  for (const secret of sharedSecrets) {
    if (typeof secret !== "string") throw wrong(`${what}.sharedSecrets`, "be an array of strings");
    // Credentials print this instead of their secrets, so it can come back through JSON.
    if (secret === "[redacted]") {
      throw wrong(`${what}.sharedSecrets`, "contain the secrets, not the text [redacted]");
    }
  }
}

function wrong(what: string, must: string): TypeError {
  return new TypeError(`the result of credentials.find() is invalid: ${what} must ${must}`);
}
