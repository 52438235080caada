import { createHash } from "node:crypto";
import { eq, lt } from "drizzle-orm";
import { ApiKeysError } from "../api-keys-error.js";
import { signInFailures } from "../database/schema.js";
import type { Installation } from "../installation.js";

/** An attempt to sign in. Wrong passwords are counted by these fields. */
export interface SignInAttempt {
  readonly accountId: string;
  readonly username: string;
  /**
   * The origin of the attempt: a network, or a device that the user has signed in with before. Each
   * has its own count, so that attempts from elsewhere do not lock the user out.
   */
  readonly source: string;
}

/**
 * Counts an attempt to sign in. This happens before the password is checked, so that concurrent
 * attempts are counted too. From the fifth consecutive failure on, each one doubles the wait: 1 s,
 * 2 s, 4 s, up to 15 minutes. Unknown user names are counted too.
 *
 * @throws ApiKeysError `ERR_LOCKED_OUT` with the seconds to wait.
 */
export async function countAttempt(
  { database, clock }: Installation,
  attempt: SignInAttempt,
): Promise<void> {
  const now = clock();
  const attemptHash = hashAttempt(attempt);
  // An attacker with many names and networks can add at most a day's attempts to the table.
  await database
    .delete(signInFailures)
    .where(lt(signInFailures.failedAt, new Date(now.getTime() - FORGOTTEN_AFTER)));
  await database.transaction(async (transaction) => {
    await transaction
      .insert(signInFailures)
      .values({ attemptHash, failures: 0, failedAt: now, lockedUntil: now })
      .onConflictDoNothing();
    const [row] = await transaction
      .select()
      .from(signInFailures)
      .where(eq(signInFailures.attemptHash, attemptHash))
      .for("update");
    if (row === undefined) return;
    if (row.lockedUntil > now) {
      const retryAfter = Math.ceil((row.lockedUntil.getTime() - now.getTime()) / 1000);
      throw new ApiKeysError(
        "ERR_LOCKED_OUT",
        `too many wrong passwords; wait ${retryAfter} s before the next attempt`,
        { retryAfter },
      );
    }
    const failures = row.failures + 1;
    const lockedUntil = new Date(now.getTime() + waitAfter(failures));
    await transaction
      .update(signInFailures)
      .set({ failures, failedAt: now, lockedUntil })
      .where(eq(signInFailures.attemptHash, attemptHash));
  });
}

/** Resets the count of failures after a correct password. */
export async function forgetAttempts(
  { database }: Installation,
  attempt: SignInAttempt,
): Promise<void> {
  await database.delete(signInFailures).where(eq(signInFailures.attemptHash, hashAttempt(attempt)));
}

const FREE_FAILURES = 4;
const LONGEST_WAIT = 15 * 60_000;
const FORGOTTEN_AFTER = 24 * 3_600_000;

/** Returns the wait in milliseconds. */
function waitAfter(failures: number): number {
  return failures <= FREE_FAILURES
    ? 0
    : Math.min(1000 * 2 ** (failures - FREE_FAILURES - 1), LONGEST_WAIT);
}

function hashAttempt({ accountId, username, source }: SignInAttempt): string {
  const parts = JSON.stringify([accountId, username.toLowerCase(), source]);
  return createHash("sha256").update(parts, "utf8").digest("hex");
}
