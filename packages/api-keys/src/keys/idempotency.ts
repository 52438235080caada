import { createHash } from "node:crypto";
import { optional, type Rules } from "@oauth1/options";
import type { Database } from "@oauth1/storage";
import { and, eq, inArray, isNull, lte } from "drizzle-orm";
import { ApiKeysError } from "../api-keys-error.js";
import type { Actor } from "../audit/actor.js";
import { apiKeySecrets, idempotentRequests } from "../database/schema.js";
import { openSecret } from "../encryption/sealed-secret.js";
import type { Installation } from "../installation.js";
import type { ApiKey, KeyWithCredentials } from "./key-schema.js";

/** Makes a request safe to repeat after its response was lost. */
export interface Idempotency {
  /** A random value of the caller, one for each request: 1 to 255 visible ASCII characters. */
  readonly idempotencyKey?: string | undefined;
}

/** The form of an idempotency key. */
export const IDEMPOTENCY_KEY: RegExp = /^[!-~]{1,255}$/;

/** The rules for `Idempotency` in the options of a function. */
export const IDEMPOTENCY_RULES: Rules = {
  idempotencyKey: optional({
    mustBe: "1 to 255 visible ASCII characters",
    isValid: (value) => typeof value === "string" && IDEMPOTENCY_KEY.test(value),
  }),
};

/** A request that shows new secrets. */
export interface OnceRequest extends Idempotency {
  readonly accountId: string;
  readonly actor: Actor;
  readonly operation: string;
  /** The validated input. */
  readonly input: object;
}

/**
 * Runs a task in a transaction. If the request has an idempotency key that the same actor used
 * within the last ten minutes, it returns the result of that request instead. Of several concurrent
 * requests with one key, exactly one runs the task.
 *
 * @throws ApiKeysError `ERR_IDEMPOTENCY_KEY` if the idempotency key was used for another request, or
 * its secrets have ended.
 */
export async function once(
  installation: Installation,
  request: OnceRequest,
  task: (transaction: Database) => Promise<KeyWithCredentials>,
): Promise<KeyWithCredentials> {
  const { database, clock } = installation;
  const { accountId, actor, operation, input, idempotencyKey } = request;
  if (idempotencyKey === undefined) return database.transaction(task);
  const keyHash = hash([accountId, actor.id, idempotencyKey]);
  const requestHash = hash([operation, input]);
  const now = clock();
  await database.delete(idempotentRequests).where(lte(idempotentRequests.expiresAt, now));
  return database.transaction(async (transaction) => {
    // A concurrent request with this key waits here for the end of the first one's transaction.
    const claimed = await transaction
      .insert(idempotentRequests)
      .values({ keyHash, requestHash, expiresAt: new Date(now.getTime() + LIFETIME) })
      .onConflictDoNothing()
      .returning({ keyHash: idempotentRequests.keyHash });
    if (claimed.length === 0) return resultOf(transaction, installation, keyHash, requestHash);
    const result = await task(transaction);
    const current = await transaction
      .select({ id: apiKeySecrets.id, part: apiKeySecrets.part })
      .from(apiKeySecrets)
      .where(and(eq(apiKeySecrets.keyId, result.key.id), isNull(apiKeySecrets.expiresAt)));
    await transaction
      .update(idempotentRequests)
      .set({
        shownKey: result.key,
        clientSecretId: current.find(({ part }) => part === "client")?.id,
        tokenSecretId: current.find(({ part }) => part === "token")?.id,
      })
      .where(eq(idempotentRequests.keyHash, keyHash));
    return result;
  });
}

/** Ten minutes, in milliseconds. */
const LIFETIME = 600_000;

async function resultOf(
  transaction: Database,
  { keyRing }: Installation,
  keyHash: string,
  requestHash: string,
): Promise<KeyWithCredentials> {
  const [first] = await transaction
    .select()
    .from(idempotentRequests)
    .where(eq(idempotentRequests.keyHash, keyHash));
  if (first?.requestHash !== requestHash) {
    throw rejection("the idempotency key was used for a request with another input; use a new one");
  }
  const key = first.shownKey as ApiKey;
  const ids = [first.clientSecretId, first.tokenSecretId].filter((id) => id !== null);
  const rows = await transaction.select().from(apiKeySecrets).where(inArray(apiKeySecrets.id, ids));
  const secretOf = (part: "client" | "token") => {
    const row = rows.find((each) => each.part === part);
    if (row === undefined) {
      throw rejection(
        `the first request with this idempotency key succeeded for API key ${key.id}, but its secrets have ended since; rotate the secrets with a new idempotency key`,
      );
    }
    return openSecret(row, row, keyRing);
  };
  return {
    key,
    credentials: {
      client: { ...key.client, sharedSecret: secretOf("client") },
      token: { ...key.token, sharedSecret: secretOf("token") },
    },
  };
}

function hash(values: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(values), "utf8").digest("hex");
}

function rejection(message: string): ApiKeysError {
  return new ApiKeysError("ERR_IDEMPOTENCY_KEY", message);
}
