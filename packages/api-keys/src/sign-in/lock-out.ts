import { createHash } from "node:crypto";
import { eq, lt, sql } from "drizzle-orm";
import { ApiKeysError } from "../api-keys-error.js";
import { signInFailures } from "../database/schema.js";
import type { Installation } from "../installation.js";

/**
 * Counts an attempt to sign in before its password is looked at, so that many at once are counted
 * too. From the fifth failure in a row each waits twice as long as the last: 1 s, 2 s, 4 s, up to
 * 15 minutes. Names that nobody has are counted alike.
 *
 * @throws {@link ApiKeysError} `ERR_LOCKED_OUT`, with the seconds to wait.
 */
export async function countAttempt(
  { database, clock }: Installation,
  username: string,
): Promise<void> {
  const now = clock();
  const usernameHash = hashName(username);
  await database.transaction(async (transaction) => {
    await transaction
      .insert(signInFailures)
      .values({ usernameHash, failures: 0, failedAt: now, lockedUntil: now })
      .onConflictDoNothing();
    const [row] = await transaction
      .select()
      .from(signInFailures)
      .where(eq(signInFailures.usernameHash, usernameHash))
      .for("update");
    if (row === undefined) return;
    if (row.lockedUntil > now) {
      const retryAfter = Math.ceil((row.lockedUntil.getTime() - now.getTime()) / 1000);
      throw new ApiKeysError(
        "ERR_LOCKED_OUT",
        `too many wrong passwords; the next attempt counts in ${retryAfter} s`,
        { retryAfter },
      );
    }
    const forgotten = now.getTime() - row.failedAt.getTime() > FORGOTTEN_AFTER;
    const failures = forgotten ? 1 : row.failures + 1;
    const lockedUntil = new Date(now.getTime() + waitAfter(failures));
    await transaction
      .update(signInFailures)
      .set({ failures, failedAt: now, lockedUntil })
      .where(eq(signInFailures.usernameHash, usernameHash));
  });
}

/** The password was right: the count begins anew. Old counts of other names go too. */
export async function forgetAttempts(
  { database, clock }: Installation,
  username: string,
): Promise<void> {
  await database
    .delete(signInFailures)
    .where(
      sql`${eq(signInFailures.usernameHash, hashName(username))} or ${lt(signInFailures.failedAt, new Date(clock().getTime() - FORGOTTEN_AFTER))}`,
    );
}

const FREE_FAILURES = 4;
const LONGEST_WAIT = 15 * 60_000;
const FORGOTTEN_AFTER = 24 * 3_600_000;

/** Milliseconds. */
function waitAfter(failures: number): number {
  return failures <= FREE_FAILURES
    ? 0
    : Math.min(1000 * 2 ** (failures - FREE_FAILURES - 1), LONGEST_WAIT);
}

function hashName(username: string): string {
  return createHash("sha256").update(username.toLowerCase(), "utf8").digest("hex");
}
