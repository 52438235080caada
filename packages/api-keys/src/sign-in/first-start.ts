import { randomInt } from "node:crypto";
import { z } from "@hono/zod-openapi";
import type { Database } from "@oauth1/storage";
import { asc, eq } from "drizzle-orm";
import { SYSTEM } from "../audit/actor.js";
import { record } from "../audit/record.js";
import { checkArguments } from "../check-arguments.js";
import { accounts, users } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { isStorable } from "../storable-text.js";
import { rejectInput, validate } from "../validate.js";
import { createOneTimeLink, type OneTimeLink } from "./one-time-link.js";
import { createUser } from "./users.js";

/** The account and its first sign-in. */
export interface FirstStart {
  /** The oldest account. */
  readonly accountId: string;
  /** The administrator's link to set a password; `undefined` if somebody has a password. */
  readonly link: (OneTimeLink & { readonly username: string }) | undefined;
}

/**
 * Creates an account with an administrator if no account exists. As long as no user of the account
 * has a password, each call creates a new one-time link.
 */
export async function firstStart(installation: Installation): Promise<FirstStart> {
  checkArguments({ installation });
  const accountId = await firstAccount(installation);
  const people = await installation.database
    .select()
    .from(users)
    .where(eq(users.accountId, accountId))
    .orderBy(asc(users.createdAt));
  const administrator = people.find(({ role, enabled }) => enabled && role === "Administrator");
  if (administrator === undefined || people.some(({ passwordHash }) => passwordHash !== null)) {
    return { accountId, link: undefined };
  }
  const link = await createOneTimeLink(installation, accountId, SYSTEM, administrator.id);
  return { accountId, link: { ...link, username: administrator.username } };
}

/**
 * Returns the oldest account. Creates one if none exists, also if two processes start concurrently.
 */
export async function firstAccount(installation: Installation): Promise<string> {
  return installation.database.transaction(async (transaction) => {
    await transaction.execute("lock table accounts in exclusive mode");
    const oldest = await oldestAccount(transaction);
    if (oldest !== undefined) return oldest;
    const id = String(randomInt(10_000_000, 100_000_000));
    await transaction
      .insert(accounts)
      .values({ id, name: `Account ${id}`, createdAt: installation.clock() });
    await recordAccount(transaction, id, `Account ${id}`, installation.clock());
    const inTransaction = { ...installation, database: transaction };
    await createUser(inTransaction, id, SYSTEM, { username: "admin", role: "Administrator" });
    return id;
  });
}

/** Returns the default account for sign-in, or `undefined` if no account exists. */
export async function oldestAccount(database: Database): Promise<string | undefined> {
  const [oldest] = await database
    .select({ id: accounts.id })
    .from(accounts)
    .orderBy(asc(accounts.createdAt), asc(accounts.id))
    .limit(1);
  return oldest?.id;
}

/**
 * Adds an account.
 *
 * @param account - `id`: 1 to 32 digits and lower-case letters. `name`: up to 100 characters.
 * @throws ApiKeysError `ERR_ARGUMENT`, `ERR_INPUT` (also if another account has this id).
 */
export async function createAccount(
  installation: Installation,
  account: { readonly id: string; readonly name: string },
): Promise<void> {
  checkArguments({ installation });
  const row = { ...validate(newAccountSchema, account), createdAt: installation.clock() };
  await installation.database.transaction(async (transaction) => {
    const added = await transaction
      .insert(accounts)
      .values(row)
      .onConflictDoNothing()
      .returning({ id: accounts.id });
    if (added.length === 0) {
      throw rejectInput([{ path: "/id", message: "must be unique: another account has this id" }]);
    }
    await recordAccount(transaction, row.id, row.name, row.createdAt);
  });
}

async function recordAccount(
  transaction: Database,
  accountId: string,
  name: string,
  at: Date,
): Promise<void> {
  await record(transaction, {
    accountId,
    actor: SYSTEM,
    action: "account created",
    after: { name },
    at,
  });
}

const newAccountSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-z]{1,32}$/, "must be 1 to 32 digits and lower-case letters"),
  name: z
    .string()
    .min(1, "must not be empty")
    .max(100, "must have at most 100 characters")
    .refine(isStorable, "must not contain NUL characters or lone surrogates"),
});
