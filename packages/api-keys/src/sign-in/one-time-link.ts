import { and, eq, gt, isNull } from "drizzle-orm";
import { ApiKeysError } from "../api-keys-error.js";
import type { Actor } from "../audit/actor.js";
import { record } from "../audit/record.js";
import { checkArguments } from "../check-arguments.js";
import { oneTimeLinks, sessions, users } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { validate } from "../validate.js";
import { oneWay, randomToken } from "./one-way.js";
import { hashPassword, passwordSchema } from "./password.js";
import { findUser, lockAccount, type UserRow } from "./users.js";

/** A link with which a user sets a password. It works once. */
export interface OneTimeLink {
  /** Put it into the fragment of the page's address, which browsers do not send to servers. */
  readonly token: string;
  readonly expiresAt: Date;
}

/** The time in milliseconds for which a link is valid. */
export const LINK_LIFETIME = 24 * 3_600_000;

/**
 * Creates a link with which a user sets a password. The user's previous link stops working. Only a
 * hash of the token is stored.
 *
 * @throws `ApiKeysError` `ERR_NOT_FOUND`, `ERR_USER_DISABLED`.
 */
export async function createOneTimeLink(
  installation: Installation,
  accountId: string,
  actor: Actor,
  userId: string,
): Promise<OneTimeLink> {
  checkArguments({ installation, accountId, actor, userId });
  const { database, clock } = installation;
  const token = randomToken();
  const now = clock();
  const expiresAt = new Date(now.getTime() + LINK_LIFETIME);
  await database.transaction(async (transaction) => {
    await lockAccount(transaction, accountId);
    const user = await findUser(transaction, accountId, userId);
    if (!user.enabled) {
      throw new ApiKeysError(
        "ERR_USER_DISABLED",
        `${user.username} is disabled and cannot use a one-time link; enable the user first`,
      );
    }
    const link = { tokenHash: oneWay(token), expiresAt, usedAt: null };
    // Concurrent calls replace each other's link: only the last link is valid.
    await transaction
      .insert(oneTimeLinks)
      .values({ ...link, userId: user.id })
      .onConflictDoUpdate({ target: oneTimeLinks.userId, set: link });
    await record(transaction, {
      accountId,
      actor,
      action: "one-time link made",
      userId: user.id,
      after: { expiresAt: expiresAt.toISOString() },
      at: now,
    });
  });
  return { token, expiresAt };
}

/**
 * Returns the user of a link. The link stays valid.
 *
 * @throws `ApiKeysError` `ERR_LINK` if the link is unknown, used or expired.
 */
export async function readOneTimeLink(
  { database, clock }: Installation,
  token: string,
): Promise<{ readonly username: string; readonly expiresAt: Date }> {
  const [link] = await database
    .select({ username: users.username, expiresAt: oneTimeLinks.expiresAt })
    .from(oneTimeLinks)
    .innerJoin(users, eq(users.id, oneTimeLinks.userId))
    .where(and(usable(token, clock()), eq(users.enabled, true)));
  if (link === undefined) throw unusable();
  return link;
}

/**
 * Sets a password with a link, which then no longer works. Ends the user's open sessions.
 *
 * @param address - The IP address of the client, for the audit log.
 * @throws `ApiKeysError` `ERR_LINK` if the link is unknown, used or expired, `ERR_INPUT` if
 * the password is too short.
 */
export async function useOneTimeLink(
  { database, clock }: Installation,
  token: string,
  password: string,
  address?: string,
): Promise<UserRow> {
  const passwordHash = await hashPassword(validate(passwordSchema, password));
  return database.transaction(async (transaction) => {
    const now = clock();
    // If two requests use the link concurrently, only one of them finds it unused.
    const [link] = await transaction
      .update(oneTimeLinks)
      .set({ usedAt: now })
      .where(usable(token, now))
      .returning();
    if (link === undefined) throw unusable();
    const [user] = await transaction
      .update(users)
      .set({ passwordHash })
      .where(and(eq(users.id, link.userId), eq(users.enabled, true)))
      .returning();
    if (user === undefined) throw unusable();
    await transaction.delete(sessions).where(eq(sessions.userId, user.id));
    await record(transaction, {
      accountId: user.accountId,
      actor: { id: user.id, name: user.username, address },
      action: "password set",
      userId: user.id,
      at: now,
    });
    return user;
  });
}

function usable(token: string, now: Date) {
  return and(
    eq(oneTimeLinks.tokenHash, oneWay(token)),
    isNull(oneTimeLinks.usedAt),
    gt(oneTimeLinks.expiresAt, now),
  );
}

function unusable(): ApiKeysError {
  return new ApiKeysError(
    "ERR_LINK",
    "the one-time link is unknown, used or expired; ask an administrator for a new one",
  );
}
