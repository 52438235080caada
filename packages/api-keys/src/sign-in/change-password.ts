import { and, eq } from "drizzle-orm";
import { record } from "../audit/record.js";
import { sessions, users } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { rejectInput, validate } from "../validate.js";
import { countAttempt, forgetAttempts } from "./lock-out.js";
import { hashPassword, passwordSchema, verifyPassword } from "./password.js";
import { type NewSession, openSession, type Session, type SessionOrigin } from "./sessions.js";

/** The current and the new password. */
export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
}

/**
 * Changes the password of a signed-in user. All sessions of the user end, because another person
 * could have opened them with the old password, and a new one opens. Wrong current passwords count
 * like those of sign-ins, so that a stolen session does not help to guess the password.
 *
 * @param source - The origin of the attempt, as for a sign-in.
 * @throws ApiKeysError `ERR_INPUT` if the current password is wrong or the new one is too short,
 * `ERR_LOCKED_OUT` after many wrong passwords.
 */
export async function changePassword(
  installation: Installation,
  { user }: Session,
  { currentPassword, newPassword }: PasswordChange,
  source: string,
  origin: SessionOrigin,
): Promise<NewSession> {
  const { database, clock } = installation;
  const { id, accountId, username } = user;
  const attempt = { accountId, username, source };
  validate(passwordSchema, newPassword);
  await countAttempt(installation, attempt);
  if (!(await verifyPassword(user.passwordHash, currentPassword))) throw wrongPassword();
  await forgetAttempts(installation, attempt);
  const passwordHash = await hashPassword(newPassword);
  const changed = await database.transaction(async (transaction) => {
    const [row] = await transaction
      .update(users)
      .set({ passwordHash })
      .where(
        and(
          eq(users.id, id),
          eq(users.enabled, true),
          // Another change can have been faster than this one.
          eq(users.passwordHash, user.passwordHash ?? ""),
        ),
      )
      .returning();
    if (row === undefined) throw wrongPassword();
    await transaction.delete(sessions).where(eq(sessions.userId, id));
    await record(transaction, {
      accountId,
      actor: { id, name: username, address: origin.address },
      action: "password changed",
      userId: id,
      at: clock(),
    });
    return row;
  });
  return openSession(installation, changed, origin);
}

function wrongPassword() {
  return rejectInput([{ path: "/currentPassword", message: "must be your current password" }]);
}
