import type { Database } from "@oauth1/storage";
import { and, inArray, lt, sql } from "drizzle-orm";
import { apiKeyCalls, apiKeyHours, apiKeys, apiKeyUsage } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { HOUR, KEPT_CALLS, type Tally } from "./call-buffer.js";

/** The number of hours whose counts are kept, including the current one. */
export const KEPT_HOURS = 24;

/** Returns the identifiers of the keys with these client identifiers. */
export async function findKeyIds(
  database: Database,
  clients: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (clients.length === 0) return new Map();
  const rows = await database
    .select({ client: apiKeys.clientIdentifier, id: apiKeys.id })
    .from(apiKeys)
    .where(inArray(apiKeys.clientIdentifier, [...clients]));
  return new Map(rows.map(({ client, id }) => [client, id]));
}

/**
 * Adds the collected calls of some keys to those that any process has written before, in one
 * transaction.
 *
 * @param tallies - By the identifier of the key.
 */
export async function writeUsage(
  { database, clock }: Installation,
  tallies: ReadonlyMap<string, Tally>,
): Promise<void> {
  const entries = [...tallies];
  const keyIds = entries.map(([keyId]) => keyId);
  const used = entries.flatMap(([keyId, { lastUsedAt }]) =>
    lastUsedAt ? [{ keyId, lastUsedAt }] : [],
  );
  const hours = entries.flatMap(([keyId, tally]) =>
    [...tally.hours].map(([hour, counts]) => ({ keyId, hour: new Date(hour), ...counts })),
  );
  const calls = entries.flatMap(([keyId, tally]) =>
    tally.calls.map((call) => ({ keyId, ...call })),
  );
  await database.transaction(async (transaction) => {
    // One process writes at a time. Otherwise two could wait for each other's rows.
    await transaction.execute(sql`select pg_advisory_xact_lock(${USAGE_LOCK})`);
    if (used.length > 0) {
      await transaction
        .insert(apiKeyUsage)
        .values(used)
        .onConflictDoUpdate({
          target: apiKeyUsage.keyId,
          set: { lastUsedAt: sql`greatest(${apiKeyUsage.lastUsedAt}, excluded.last_used_at)` },
        });
    }
    await transaction
      .insert(apiKeyHours)
      .values(hours)
      .onConflictDoUpdate({
        target: [apiKeyHours.keyId, apiKeyHours.hour],
        set: {
          verified: sql`${apiKeyHours.verified} + excluded.verified`,
          rejected: sql`${apiKeyHours.rejected} + excluded.rejected`,
        },
      });
    await transaction
      .delete(apiKeyHours)
      .where(and(inArray(apiKeyHours.keyId, keyIds), lt(apiKeyHours.hour, firstHour(clock()))));
    if (calls.length === 0) return;
    await transaction.insert(apiKeyCalls).values(calls);
    const ranked = transaction
      .select({
        id: apiKeyCalls.id,
        rank: sql<number>`row_number() over (partition by ${apiKeyCalls.keyId} order by ${apiKeyCalls.at} desc, ${apiKeyCalls.id} desc)`.as(
          "rank",
        ),
      })
      .from(apiKeyCalls)
      .where(inArray(apiKeyCalls.keyId, keyIds))
      .as("ranked");
    await transaction
      .delete(apiKeyCalls)
      .where(
        inArray(
          apiKeyCalls.id,
          transaction
            .select({ id: ranked.id })
            .from(ranked)
            .where(sql`${ranked.rank} > ${KEPT_CALLS}`),
        ),
      );
  });
}

/** The start of the first hour whose counts are kept. */
export function firstHour(now: Date): Date {
  return new Date((Math.floor(now.getTime() / HOUR) - KEPT_HOURS + 1) * HOUR);
}

/** An arbitrary number that no other application on the server locks: "oau2" in ASCII. */
const USAGE_LOCK = 0x6f617532;
