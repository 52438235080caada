import { and, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { apiKeyPermissions, apiKeys, sessions, users } from "../database/schema.js";

/**
 * Returns the condition that a session, joined with its user, is open: neither it nor its user nor
 * the key of its bot has ended.
 */
export function isOpen(now: Date): SQL | undefined {
  // A bot's session ends if its key is disabled, reaches its end, or loses the permission to sign
  // bots in.
  const lasts = or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now));
  const mayLogIn = sql`exists (
    select from ${apiKeys}
    inner join ${apiKeyPermissions} on ${apiKeyPermissions.keyId} = ${apiKeys.id}
    where ${apiKeys.id} = ${sessions.keyId} and ${apiKeys.enabled} and ${lasts}
      and ${apiKeyPermissions.permission} = ${USER_LOGIN}
  )`;
  return and(
    or(isNull(sessions.keyId), mayLogIn),
    gt(sessions.expiresAt, now),
    gt(sessions.lastSeenAt, new Date(now.getTime() - LONGEST_PAUSE)),
    eq(users.enabled, true),
  );
}

/** The permission that a key needs to sign bots in. */
export const USER_LOGIN = "user-login";

/** In milliseconds. */
const LONGEST_PAUSE = 3_600_000;
