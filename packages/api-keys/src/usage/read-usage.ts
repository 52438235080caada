import { and, desc, eq, gte } from "drizzle-orm";
import { checkArguments } from "../check-arguments.js";
import { apiKeyCalls, apiKeyHours, apiKeyUsage } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { findRow } from "../keys/key-rows.js";
import { HOUR, KEPT_CALLS } from "./call-buffer.js";
import type { KeyCall, KeyUsage } from "./usage-schema.js";
import { firstHour, KEPT_HOURS } from "./write-usage.js";

/**
 * Reads when a key was last used, and the number of verified and rejected calls in each of the last
 * 24 hours. Servers write them at most once a minute.
 *
 * @throws ApiKeysError `ERR_ARGUMENT`, `ERR_NOT_FOUND`.
 */
export async function readUsage(
  installation: Installation,
  accountId: string,
  keyId: string,
): Promise<KeyUsage> {
  checkArguments({ installation, accountId, keyId });
  const { database, clock } = installation;
  const key = await findRow(database, accountId, keyId, "read");
  const first = firstHour(clock());
  const [used] = await database.select().from(apiKeyUsage).where(eq(apiKeyUsage.keyId, key.id));
  const rows = await database
    .select()
    .from(apiKeyHours)
    .where(and(eq(apiKeyHours.keyId, key.id), gte(apiKeyHours.hour, first)));
  return {
    lastUsedAt: used?.lastUsedAt.toISOString() ?? null,
    hours: Array.from({ length: KEPT_HOURS }, (_, index) => {
      const start = new Date(first.getTime() + index * HOUR);
      const counted = rows.find(({ hour }) => hour.getTime() === start.getTime());
      return {
        start: start.toISOString(),
        verified: counted?.verified ?? 0,
        rejected: counted?.rejected ?? 0,
      };
    }),
  };
}

/**
 * Reads the last 50 calls of a key, the newest first. They contain no secrets, signatures, values
 * of the query and bodies.
 *
 * @throws ApiKeysError `ERR_ARGUMENT`, `ERR_NOT_FOUND`.
 */
export async function readCalls(
  installation: Installation,
  accountId: string,
  keyId: string,
): Promise<KeyCall[]> {
  checkArguments({ installation, accountId, keyId });
  const { database } = installation;
  const key = await findRow(database, accountId, keyId, "read");
  const rows = await database
    .select()
    .from(apiKeyCalls)
    .where(eq(apiKeyCalls.keyId, key.id))
    .orderBy(desc(apiKeyCalls.at), desc(apiKeyCalls.id))
    .limit(KEPT_CALLS);
  return rows.map(({ id: _, keyId: __, at, ...call }) => ({ ...call, at: at.toISOString() }));
}
