import { createHmac } from "node:crypto";
import { equalInConstantTime } from "@oauth1/hmac-sha1/constant-time";
import { and, eq, gt, isNotNull, isNull, lt, or } from "drizzle-orm";
import { ApiKeysError } from "../api-keys-error.js";
import { apiKeyPermissions, apiKeys, sessions, users } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { countAttempt, forgetAttempts, type SignInAttempt } from "./lock-out.js";
import { oneWay, randomToken } from "./one-way.js";
import { verifyPassword } from "./password.js";
import { findUserByName, type UserRow } from "./users.js";

/** An open session. */
export interface Session {
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
): Promise<NewSession> {
  await countAttempt(installation, attempt);
  const { accountId, username } = attempt;
  const user = await findUserByName(installation.database, accountId, username);
  const right = await verifyPassword(user?.passwordHash, password);
  if (user === undefined || !user.enabled || !right) {
    throw new ApiKeysError("ERR_SIGN_IN", "the account, user name or password is wrong");
  }
  await forgetAttempts(installation, attempt);
  return openSession(installation, user);
}

/** Opens a session for an authenticated user. */
export async function openSession(
  { database, clock }: Installation,
  user: UserRow,
): Promise<NewSession> {
  const now = clock();
  const token = randomToken();
  const expiresAt = new Date(now.getTime() + LIFETIME.console);
  await database.delete(sessions).where(lt(sessions.expiresAt, now));
  await database.insert(sessions).values({
    tokenHash: oneWay(token),
    userId: user.id,
    kind: "console",
    createdAt: now,
    lastSeenAt: now,
    expiresAt,
  });
  return { user, token, expiresAt, keyId: null };
}

/** Opens a session for a bot that a key has authenticated. */
export async function openBotSession(
  { database, clock }: Installation,
  user: UserRow,
  keyId: string,
): Promise<NewBotSession> {
  const now = clock();
  const token = randomToken();
  const bearer = randomToken();
  const expiresAt = new Date(now.getTime() + LIFETIME.bot);
  await database.delete(sessions).where(lt(sessions.expiresAt, now));
  await database.insert(sessions).values({
    tokenHash: oneWay(token),
    bearerHash: oneWay(bearer),
    userId: user.id,
    kind: "bot",
    keyId,
    createdAt: now,
    lastSeenAt: now,
    expiresAt,
  });
  return { user, token, bearer, expiresAt, keyId };
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
    .select()
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(apiKeys, eq(apiKeys.id, sessions.keyId))
    .leftJoin(
      apiKeyPermissions,
      and(eq(apiKeyPermissions.keyId, apiKeys.id), eq(apiKeyPermissions.permission, USER_LOGIN)),
    )
    .where(
      and(
        match,
        eq(sessions.kind, kind),
        // A bot's session ends if its key is disabled, reaches its end, or loses the permission to
        // sign bots in.
        or(
          isNull(sessions.keyId),
          and(
            eq(apiKeys.enabled, true),
            or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)),
            isNotNull(apiKeyPermissions.permission),
          ),
        ),
        gt(sessions.expiresAt, now),
        gt(sessions.lastSeenAt, new Date(now.getTime() - LONGEST_PAUSE)),
        eq(users.enabled, true),
      ),
    );
  if (found === undefined) return undefined;
  if (now.getTime() - found.sessions.lastSeenAt.getTime() > SEEN_PRECISION) {
    await database
      .update(sessions)
      .set({ lastSeenAt: now })
      .where(eq(sessions.tokenHash, found.sessions.tokenHash));
  }
  return {
    user: found.users,
    expiresAt: found.sessions.expiresAt,
    keyId: found.sessions.keyId,
    allowedAddresses: found.api_keys?.allowedAddresses ?? [],
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

/** The permission that a key needs to sign bots in. */
export const USER_LOGIN = "user-login";

/** In milliseconds. */
const LIFETIME = { console: 12 * 3_600_000, bot: 8 * 3_600_000 };
const LONGEST_PAUSE = 3_600_000;
const SEEN_PRECISION = 60_000;
