import { isObject } from "@oauth1/options";
import type { FoundCredentials, KnownClient, KnownToken } from "../credential-store.js";
import type { RandomCredentials } from "../random-credentials.js";

/**
 * Returns the result of a credential store if it can be used. Without this check, text instead of a
 * list of secrets would make each character a secret, and an unknown status would count as enabled.
 *
 * @returns The result, or that of an unknown client for `null` and `undefined`.
 * @throws TypeError that names the property and never shows its value.
 */
export function requireUsable<Caller>(answer: unknown): FoundCredentials<Caller> {
  const { client, token } = readAnswer(answer);
  if (client === undefined) return { client };
  requireClient(client);
  if (token !== undefined) requireToken(token);
  return { ...(answer as FoundCredentials<Caller>), client, token };
}

/** The credentials that a signature is checked with. */
export interface UsableCredentials<Caller = unknown> {
  /** Random if unknown. */
  readonly client: KnownClient;
  readonly isClientKnown: boolean;
  /** Random if unknown. `undefined` if the request has no token. */
  readonly token: KnownToken | undefined;
  readonly isTokenKnown: boolean;
  readonly caller: Caller | undefined;
}

/**
 * The same as {@link requireUsable}, with random credentials in the place of unknown ones. They are
 * checked too, so that both take the same work.
 *
 * @param hasToken - `true` if the request names a token.
 */
export function requireUsableOrRandom<Caller>(
  answer: unknown,
  hasToken: boolean,
  random: RandomCredentials,
): UsableCredentials<Caller> {
  const found = readAnswer(answer);
  const isClientKnown = found.client !== undefined;
  const client = isClientKnown ? found.client : random.client;
  requireClient(client);
  const isTokenKnown = isClientKnown && found.token !== undefined;
  const token = isTokenKnown ? found.token : hasToken ? random.token : undefined;
  if (token !== undefined) requireToken(token);
  return {
    client,
    isClientKnown,
    token: hasToken ? token : undefined,
    isTokenKnown,
    caller: found.caller as Caller | undefined,
  };
}

function readAnswer(answer: unknown): { client: unknown; token: unknown; caller: unknown } {
  if (answer === null || answer === undefined) return UNKNOWN;
  if (!isObject(answer)) throw wrong("find()", "return an object such as { client: { … } }");
  const { client, token, caller } = answer as {
    client?: unknown;
    token?: unknown;
    caller?: unknown;
  };
  return { client: client ?? undefined, token: token ?? undefined, caller };
}

function requireClient(client: unknown): asserts client is KnownClient {
  requireIdentified("client", client);
  requireStatus("client", client, CLIENT_STATUSES);
  requireSecrets("client", client);
  const { sharedSecrets, publicKey, status = "enabled", signatureMethods } = client as Properties;
  // Text would accept the methods whose names it contains.
  if (signatureMethods !== undefined && !Array.isArray(signatureMethods)) {
    throw wrong("client.signatureMethods", "be an array of strings");
  }
  if (status === "enabled" && sharedSecrets === undefined && publicKey === undefined) {
    throw wrong("client", "have sharedSecrets or publicKey");
  }
}

function requireToken(token: unknown): asserts token is KnownToken {
  requireIdentified("token", token);
  requireStatus("token", token, TOKEN_STATUSES);
  requireSecrets("token", token);
  const { sharedSecrets, status = "enabled" } = token as Properties;
  if (status === "enabled" && sharedSecrets === undefined) {
    throw wrong("token.sharedSecrets", "be an array of strings");
  }
}

interface Properties {
  readonly sharedSecrets?: unknown;
  readonly publicKey?: unknown;
  readonly status?: unknown;
  readonly signatureMethods?: unknown;
}

const UNKNOWN = { client: undefined, token: undefined, caller: undefined };
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
