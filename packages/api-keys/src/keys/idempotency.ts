import { createHash } from "node:crypto";
import { optional, type Rules } from "@oauth1/options";
import type { Database } from "@oauth1/storage";
import { eq, lte } from "drizzle-orm";
import { ApiKeysError } from "../api-keys-error.js";
import type { Actor } from "../audit/actor.js";
import { idempotentRequests } from "../database/schema.js";
import type { Installation } from "../installation.js";

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

/** What is remembered of a result: the part without secrets, and the rows of the secrets. */
interface Remembered {
  readonly shown: unknown;
  readonly clientSecretId: string | null;
  readonly tokenSecretId: string | null;
}

/** How results with secrets are remembered without the secrets themselves. */
export interface ShownOnce<Result> {
  remember(
    transaction: Database,
    result: Result,
  ): Promise<{
    readonly shown: object;
    readonly clientSecretId: string | undefined;
    readonly tokenSecretId?: string | undefined;
  }>;
  /** Returns the result, or the name of what it was about if its secrets have ended. */
  recall(
    transaction: Database,
    installation: Installation,
    remembered: Remembered,
  ): Promise<Result | string>;
}

/**
 * Runs a task in a transaction. If the request has an idempotency key that the same actor used
 * within the last ten minutes, it returns the result of that request instead. Of several concurrent
 * requests with one key, exactly one runs the task.
 *
 * @throws ApiKeysError `ERR_IDEMPOTENCY_KEY` if the idempotency key was used for another request, or
 * its secrets have ended.
 */
export async function once<Result extends object>(
  installation: Installation,
  request: OnceRequest,
  shownOnce: ShownOnce<Result>,
  task: (transaction: Database) => Promise<Result>,
): Promise<Result> {
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
    if (claimed.length > 0) {
      const result = await task(transaction);
      await transaction
        .update(idempotentRequests)
        .set(await shownOnce.remember(transaction, result))
        .where(eq(idempotentRequests.keyHash, keyHash));
      return result;
    }
    const [first] = await transaction
      .select()
      .from(idempotentRequests)
      .where(eq(idempotentRequests.keyHash, keyHash));
    if (first?.requestHash !== requestHash) {
      throw rejection(
        "the idempotency key was used for a request with another input; use a new one",
      );
    }
    const recalled = await shownOnce.recall(transaction, installation, first);
    if (typeof recalled !== "string") return recalled;
    throw rejection(
      `the first request with this idempotency key succeeded for ${recalled}, but its secrets have ended since; rotate the secrets with a new idempotency key`,
    );
  });
}

/** Ten minutes, in milliseconds. */
const LIFETIME = 600_000;

function hash(values: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(values), "utf8").digest("hex");
}

function rejection(message: string): ApiKeysError {
  return new ApiKeysError("ERR_IDEMPOTENCY_KEY", message);
}
