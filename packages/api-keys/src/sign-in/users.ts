import { randomUUID } from "node:crypto";
import type { Database } from "@oauth1/storage";
import { and, asc, count, eq, gt, isNull, max, sql } from "drizzle-orm";
import { ApiKeysError } from "../api-keys-error.js";
import type { Actor } from "../audit/actor.js";
import { record } from "../audit/record.js";
import { checkArguments } from "../check-arguments.js";
import { accounts, oneTimeLinks, sessions, users } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { rejectInput, validate } from "../validate.js";
import { isOpen } from "./open-sessions.js";
import {
  type Member,
  type NewUser,
  newUserSchema,
  type User,
  type UserChange,
  userChangeSchema,
} from "./user-schema.js";

/** A row of the table of users. */
export type UserRow = typeof users.$inferSelect;

/**
 * Adds a user. The user sets a password with a one-time link.
 *
 * @throws `ApiKeysError` `ERR_INPUT`, `ERR_USERNAME_TAKEN`, `ERR_NOT_FOUND` if the account
 * does not exist.
 */
export async function createUser(
  installation: Installation,
  accountId: string,
  actor: Actor,
  input: NewUser,
): Promise<User> {
  checkArguments({ installation, accountId, actor });
  const { database, clock } = installation;
  const { username, role } = validate(newUserSchema, input);
  return database.transaction(async (transaction) => {
    await lockAccount(transaction, accountId);
    const now = clock();
    const row: UserRow = {
      id: randomUUID(),
      accountId,
      username,
      role,
      passwordHash: null,
      enabled: true,
      createdAt: now,
    };
    const added = await transaction
      .insert(users)
      .values(row)
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (added.length === 0) {
      const fault = { path: "/username", message: "another user of the account has this name" };
      throw new ApiKeysError("ERR_USERNAME_TAKEN", fault.message, { faults: [fault] });
    }
    await record(transaction, {
      accountId,
      actor,
      action: "user created",
      userId: row.id,
      after: { username, role },
      at: now,
    });
    return showUser(row);
  });
}

/**
 * Changes a user's role, or disables or enables a user. Disabling a user ends the user's open
 * sessions, and the user's one-time link stops working. A new role applies from the next request
 * on. An account always keeps one enabled administrator, also if two administrators demote each
 * other concurrently.
 *
 * @throws `ApiKeysError` `ERR_INPUT` (also if no enabled administrator would be left),
 * `ERR_NOT_FOUND`.
 */
export async function editUser(
  installation: Installation,
  accountId: string,
  actor: Actor,
  userId: string,
  input: UserChange,
): Promise<User> {
  checkArguments({ installation, accountId, actor, userId });
  const { database, clock } = installation;
  const change = validate(userChangeSchema, input);
  return database.transaction(async (transaction) => {
    await lockAccount(transaction, accountId);
    const row = await findUser(transaction, accountId, userId);
    const changed = { role: change.role ?? row.role, enabled: change.enabled ?? row.enabled };
    if (changed.role === row.role && changed.enabled === row.enabled) return showUser(row);
    if (!changed.enabled) {
      // Before the user's row is locked, because using a link locks the two in this order.
      await transaction.delete(oneTimeLinks).where(eq(oneTimeLinks.userId, row.id));
    }
    await transaction.update(users).set(changed).where(eq(users.id, row.id));
    await requireAdministrator(transaction, accountId, change);
    if (!changed.enabled) await transaction.delete(sessions).where(eq(sessions.userId, row.id));
    await record(transaction, {
      accountId,
      actor,
      action: "user edited",
      userId: row.id,
      before: { role: row.role, enabled: row.enabled },
      after: changed,
      at: clock(),
    });
    return showUser({ ...row, ...changed });
  });
}

/** Lists the users of an account, sorted by name. */
export async function listUsers(installation: Installation, accountId: string): Promise<Member[]> {
  checkArguments({ installation, accountId });
  const { database, clock } = installation;
  const now = clock();
  const rows = await database
    .select({ user: users, linkExpiresAt: max(oneTimeLinks.expiresAt) })
    .from(users)
    .leftJoin(
      oneTimeLinks,
      and(
        eq(oneTimeLinks.userId, users.id),
        isNull(oneTimeLinks.usedAt),
        gt(oneTimeLinks.expiresAt, now),
      ),
    )
    .where(eq(users.accountId, accountId))
    .groupBy(users.id)
    .orderBy(asc(sql`lower(${users.username})`));
  const open = await database
    .select({ userId: sessions.userId, count: count(), lastSeenAt: max(sessions.lastSeenAt) })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(users.accountId, accountId), isOpen(now)))
    .groupBy(sessions.userId);
  const openOf = new Map(open.map((each) => [each.userId, each]));
  return rows.map(({ user, linkExpiresAt }) => ({
    ...showUser(user),
    openSessions: openOf.get(user.id)?.count ?? 0,
    lastSeenAt: openOf.get(user.id)?.lastSeenAt?.toISOString() ?? null,
    linkExpiresAt: linkExpiresAt?.toISOString() ?? null,
  }));
}

/** Finds a user of an account by id. @throws ApiKeysError `ERR_NOT_FOUND`. */
export async function findUser(
  database: Database,
  accountId: string,
  userId: string,
): Promise<UserRow> {
  const [row] = await database
    .select()
    .from(users)
    .where(and(sql`${users.id}::text = ${userId.toLowerCase()}`, eq(users.accountId, accountId)));
  if (row === undefined) {
    throw new ApiKeysError("ERR_NOT_FOUND", "the account has no user with this id");
  }
  return row;
}

/** Finds a user of an account by name, ignoring case. */
export async function findUserByName(
  database: Database,
  accountId: string,
  username: string,
): Promise<UserRow | undefined> {
  checkArguments({ database, accountId, username });
  const [row] = await database
    .select()
    .from(users)
    .where(
      and(
        eq(users.accountId, accountId),
        eq(sql`lower(${users.username})`, username.toLowerCase()),
      ),
    );
  return row;
}

/** Returns the public form of a user, without the password hash. */
export function showUser(row: UserRow): User {
  return {
    id: row.id,
    username: row.username,
    role: row.role,
    enabled: row.enabled,
    hasPassword: row.passwordHash !== null,
    createdAt: row.createdAt.toISOString(),
  };
}

/**
 * Serializes changes of an account's users and their links. Other transactions can add rows that
 * refer to the account meanwhile: entries of the audit log.
 */
export async function lockAccount(transaction: Database, accountId: string): Promise<void> {
  const locked = await transaction
    .select({ id: accounts.id })
    .from(accounts)
    .where(eq(accounts.id, accountId))
    .for("no key update");
  if (locked.length === 0) throw new ApiKeysError("ERR_NOT_FOUND", "the account does not exist");
}

async function requireAdministrator(
  transaction: Database,
  accountId: string,
  change: UserChange,
): Promise<void> {
  const left = await transaction
    .select({ id: users.id })
    .from(users)
    .where(
      and(eq(users.accountId, accountId), eq(users.role, "Administrator"), eq(users.enabled, true)),
    )
    .limit(1);
  if (left.length === 0) {
    const path = change.role === undefined ? "/enabled" : "/role";
    throw rejectInput([{ path, message: "must leave at least one enabled administrator" }]);
  }
}
