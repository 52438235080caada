import { and, asc, count, desc, eq, ilike, or, sql } from "drizzle-orm";
import { checkArguments } from "../check-arguments.js";
import { apiKeys } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { validate } from "../validate.js";
import { MAXIMUM_KEYS } from "./create-key.js";
import { findRow, showKey, showKeys } from "./key-rows.js";
import { type ApiKey, type KeyList, type KeyQuery, keyQuerySchema } from "./key-schema.js";

/** Reads one key. @throws ApiKeysError `ERR_NOT_FOUND`. */
export async function readKey(
  installation: Installation,
  accountId: string,
  keyId: string,
): Promise<ApiKey> {
  checkArguments({ installation, accountId, keyId });
  const { database, clock } = installation;
  return showKey(database, await findRow(database, accountId, keyId, "read"), clock());
}

/** Lists a page of an account's keys, filtered and sorted. @throws ApiKeysError `ERR_INPUT`. */
export async function listKeys(
  installation: Installation,
  accountId: string,
  input: KeyQuery = {},
): Promise<KeyList> {
  checkArguments({ installation, accountId });
  const { database, clock } = installation;
  const query = validate(keyQuerySchema, input);
  const ofAccount = eq(apiKeys.accountId, accountId);
  const where = and(
    ofAccount,
    query.search === undefined ? undefined : contains(query.search),
    query.category === undefined ? undefined : eq(apiKeys.category, query.category),
    query.enabled === undefined ? undefined : eq(apiKeys.enabled, query.enabled === "true"),
  );
  const column = apiKeys[query.sort];
  const inOrder = query.order === "ascending" ? asc : desc;
  const [used] = await database.select({ keys: count() }).from(apiKeys).where(ofAccount);
  const [matching] = await database.select({ keys: count() }).from(apiKeys).where(where);
  const rows = await database
    .select()
    .from(apiKeys)
    .where(where)
    .orderBy(
      inOrder(query.sort.endsWith("At") ? column : sql`lower(${column})`),
      inOrder(apiKeys.id),
    )
    .limit(query.pageSize)
    .offset((query.page - 1) * query.pageSize);
  return {
    keys: await showKeys(database, rows, clock()),
    total: matching?.keys ?? 0,
    page: query.page,
    pageSize: query.pageSize,
    limit: { used: used?.keys ?? 0, maximum: MAXIMUM_KEYS },
  };
}

/** Matches text anywhere in the key, ignoring case. `%`, `_` and `\` are literal. */
function contains(text: string) {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return or(
    ilike(apiKeys.applicationName, pattern),
    ilike(apiKeys.developerName, pattern),
    ilike(apiKeys.description, pattern),
    ilike(apiKeys.clientIdentifier, pattern),
  );
}
