import { createHmac, randomUUID } from "node:crypto";
import { equalInConstantTime } from "@oauth1/hmac-sha1/constant-time";
import { and, eq, lt } from "drizzle-orm";
import { ApiKeysError } from "../api-keys-error.js";
import { apiKeys, sessions, users } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { deviceName } from "./device-name.js";
import { countAttempt, forgetAttempts, type SignInAttempt } from "./lock-out.js";
import { oneWay, randomToken } from "./one-way.js";
import { isOpen } from "./open-sessions.js";
import { verifyPassword } from "./password.js";
import { findUserByName, type UserRow } from "./users.js";

/** Where a session was opened, so that its user can recognize it. */
export interface SessionOrigin {
  /** The client's IP address. */
  readonly address: string | undefined;
  /** The client's `User-Agent` header. */
  readonly userAgent: string | undefined;
}

/** An open session. */
export interface Session {
  readonly id: string;
  readonly user: UserRow;
  readonly expiresAt: Date;
  /** The API key that a bot signed in with. */
  readonly keyId: string | null;
}

/** A session that a request presents. */
export interface FoundSession extends Session {
  /** The addresses from which a bot's key can be used. Empty if every address is allowed. */
  readonly allowedAddresses: readonly string[];
}

/** A new session. `token` goes into the cookie. */
export interface NewSession extends Session {
  readonly token: string;
}

/** A bot's new session. `token` goes into the cookie, `bearer` into the `Authorization` header. */
export interface NewBotSession extends NewSession {
  readonly bearer: string;
}

/**
 * Signs a user in by name and password.
 *
 * @throws ApiKeysError `ERR_SIGN_IN`, which does not tell what is wrong, `ERR_LOCKED_OUT` after
 * many wrong passwords.
 */
export async function signIn(
  installation: Installation,
  attempt: SignInAttempt,
  password: string,
  origin: SessionOrigin,
): Promise<NewSession> {
  await countAttempt(installation, attempt);
  const { accountId, username } = attempt;
  const user = await findUserByName(installation.database, accountId, username);
  const right = await verifyPassword(user?.passwordHash, password);
  if (user === undefined || !user.enabled || !right) {
    throw wrongCredentials();
  }
  await forgetAttempts(installation, attempt);
  return openSession(installation, user, origin);
}

/**
 * Opens a session for an authenticated user.
 *
 * @param user - The row that the user was authenticated with.
 * @throws ApiKeysError `ERR_SIGN_IN` if the user was disabled or got another password meanwhile.
 */
export async function openSession(
  installation: Installation,
  user: UserRow,
  origin: SessionOrigin,
): Promise<NewSession> {
  const token = randomToken();
  const { id, expiresAt } = await insertSession(installation, user, origin, "console", {
    tokenHash: oneWay(token),
  });
  return { id, user, token, expiresAt, keyId: null };
}

/**
 * Opens a session for a bot that a key has authenticated.
 *
 * @throws ApiKeysError `ERR_SIGN_IN` if the user was disabled meanwhile.
 */
export async function openBotSession(
  installation: Installation,
  user: UserRow,
  keyId: string,
  origin: SessionOrigin,
): Promise<NewBotSession> {
  const token = randomToken();
  const bearer = randomToken();
  const { id, expiresAt } = await insertSession(installation, user, origin, "bot", {
    tokenHash: oneWay(token),
    bearerHash: oneWay(bearer),
    keyId,
  });
  return { id, user, token, bearer, expiresAt, keyId };
}

/**
 * Returns the session of a cookie's token or a bearer token, or `undefined` if it has ended. A
 * session also ends after an hour without use.
 */
export async function findSession(
  { database, clock }: Installation,
  kind: "console" | "bot",
  presented: { readonly token: string } | { readonly bearer: string },
): Promise<FoundSession | undefined> {
  const now = clock();
  const match =
    "token" in presented
      ? eq(sessions.tokenHash, oneWay(presented.token))
      : eq(sessions.bearerHash, oneWay(presented.bearer));
  const [found] = await database
    .select({ sessions, users, allowedAddresses: apiKeys.allowedAddresses })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(apiKeys, eq(apiKeys.id, sessions.keyId))
    .where(and(match, eq(sessions.kind, kind), isOpen(now)));
  if (found === undefined) return undefined;
  if (now.getTime() - found.sessions.lastSeenAt.getTime() > SEEN_PRECISION) {
    await database
      .update(sessions)
      .set({ lastSeenAt: now })
      .where(eq(sessions.tokenHash, found.sessions.tokenHash));
  }
  return {
    id: found.sessions.id,
    user: found.users,
    expiresAt: found.sessions.expiresAt,
    keyId: found.sessions.keyId,
    allowedAddresses: found.allowedAddresses ?? [],
  };
}

/** Ends a session. */
export async function closeSession(
  { database }: Installation,
  presented: { readonly token: string } | { readonly bearer: string },
): Promise<void> {
  await database
    .delete(sessions)
    .where(
      "token" in presented
        ? eq(sessions.tokenHash, oneWay(presented.token))
        : eq(sessions.bearerHash, oneWay(presented.bearer)),
    );
}

/**
 * Returns the token that a page sends in the `X-CSRF-Token` header. It is derived from the
 * session's token, so it needs no storage, and it does not reveal the session's token.
 */
export function csrfTokenOf(sessionToken: string): string {
  return createHmac("sha256", sessionToken).update("X-CSRF-Token").digest("base64url");
}

/** Returns true if the header contains the session's CSRF token. */
export function isCsrfToken(sessionToken: string, header: string | undefined): boolean {
  return equalInConstantTime(csrfTokenOf(sessionToken), header ?? "");
}

/**
 * Locks the user's row while the session is added. Disabling the user or changing the password
 * changes this row first and then ends the open sessions, so no session remains that was
 * authenticated before.
 */
async function insertSession(
  { database, clock }: Installation,
  user: UserRow,
  { address, userAgent }: SessionOrigin,
  kind: "console" | "bot",
  tokens: { tokenHash: string; bearerHash?: string; keyId?: string },
): Promise<{ id: string; expiresAt: Date }> {
  const now = clock();
  await database.delete(sessions).where(lt(sessions.expiresAt, now));
  return database.transaction(async (transaction) => {
    const [current] = await transaction
      .select()
      .from(users)
      .where(eq(users.id, user.id))
      .for("share");
    if (!current?.enabled || current.passwordHash !== user.passwordHash) throw wrongCredentials();
    const row = {
      ...tokens,
      id: randomUUID(),
      userId: user.id,
      kind,
      address: address ?? null,
      device: deviceName(userAgent),
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + LIFETIME[kind]),
    };
    await transaction.insert(sessions).values(row);
    return row;
  });
}

function wrongCredentials(): ApiKeysError {
  return new ApiKeysError("ERR_SIGN_IN", "the account, user name or password is wrong");
}

/** In milliseconds. */
const LIFETIME = { console: 12 * 3_600_000, bot: 8 * 3_600_000 };
const SEEN_PRECISION = 60_000;
