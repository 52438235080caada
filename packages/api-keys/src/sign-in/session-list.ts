import { z } from "@hono/zod-openapi";
import { and, desc, eq, ne, type SQL } from "drizzle-orm";
import { ApiKeysError } from "../api-keys-error.js";
import type { Actor } from "../audit/actor.js";
import { record } from "../audit/record.js";
import { checkArguments } from "../check-arguments.js";
import { sessions, users } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { isOpen } from "./open-sessions.js";
import type { Session } from "./sessions.js";
import { findUser } from "./users.js";

/** An open session, as its user sees it. */
export const openSessionSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(["console", "bot"]),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime().openapi({ description: "Accurate to a minute" }),
    expiresAt: z.iso.datetime(),
    address: z.string().nullable().openapi({
      description: "The client's IP address at the sign-in",
      example: "192.0.2.7",
    }),
    device: z.string().nullable().openapi({
      description: "The browser and system at the sign-in, as the client named itself",
      example: "Firefox on Linux",
    }),
    isCurrent: z.boolean().openapi({ description: "True for the session of this request" }),
  })
  .openapi("OpenSession");

/** An open session, as its user sees it. */
export type OpenSession = z.infer<typeof openSessionSchema>;

/** Lists the open sessions of the user of a session, the last used first. */
export async function listOwnSessions(
  { database, clock }: Installation,
  { id: current, user }: Session,
): Promise<OpenSession[]> {
  const rows = await database
    .select({ session: sessions })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.userId, user.id), isOpen(clock())))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.createdAt))
    .limit(MOST);
  return rows.map(({ session }) => ({
    id: session.id,
    kind: session.kind,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    address: session.address,
    device: session.device,
    isCurrent: session.id === current,
  }));
}

/** Ends one session of the user of a session. @throws ApiKeysError `ERR_NOT_FOUND`. */
export async function endOwnSession(
  installation: Installation,
  { user }: Session,
  sessionId: string,
): Promise<void> {
  const ended = await end(installation, actorOf(user), user, eq(sessions.id, sessionId));
  if (ended === 0) {
    throw new ApiKeysError("ERR_NOT_FOUND", "you have no open session with this id");
  }
}

/** Ends all sessions of the user of a session, except this session. Returns their number. */
export async function endOtherSessions(
  installation: Installation,
  { id, user }: Session,
): Promise<number> {
  return end(installation, actorOf(user), user, ne(sessions.id, id));
}

/**
 * Ends all open sessions of a user, also those of bots. The user can sign in again.
 *
 * @returns The number of ended sessions. If it is 0, the audit log gets no entry.
 * @throws ApiKeysError `ERR_ARGUMENT`, `ERR_NOT_FOUND`.
 */
export async function endSessions(
  installation: Installation,
  accountId: string,
  actor: Actor,
  userId: string,
): Promise<number> {
  checkArguments({ installation, accountId, actor, userId });
  return end(installation, actor, await findUser(installation.database, accountId, userId));
}

/** A bot can have many sessions. The page shows the last used ones. */
const MOST = 100;

function actorOf({ id, username }: { id: string; username: string }): Actor {
  return { id, name: username };
}

async function end(
  { database, clock }: Installation,
  actor: Actor,
  user: { readonly id: string; readonly accountId: string },
  which?: SQL,
): Promise<number> {
  return database.transaction(async (transaction) => {
    const ended = await transaction
      .delete(sessions)
      .where(and(eq(sessions.userId, user.id), which))
      .returning({ id: sessions.id });
    if (ended.length > 0) {
      await record(transaction, {
        accountId: user.accountId,
        actor,
        action: "sessions ended",
        userId: user.id,
        after: { ended: ended.length },
        at: clock(),
      });
    }
    return ended.length;
  });
}
