import { and, count, eq, ilike, inArray, or } from "drizzle-orm";
import type { Catalogue } from "../catalogue/catalogue.js";
import { checkArguments } from "../check-arguments.js";
import { apiKeys } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { validate } from "../validate.js";
import { MAXIMUM_KEYS } from "./create-key.js";
import { findRow, type KeyRow, showKey, showKeys } from "./key-rows.js";
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

/**
 * Lists a page of an account's keys, filtered and sorted. Names are in natural order: "App 2" comes
 * before "App 10".
 *
 * @throws ApiKeysError `ERR_INPUT`.
 */
export async function listKeys(
  installation: Installation,
  accountId: string,
  input: KeyQuery = {},
): Promise<KeyList> {
  checkArguments({ installation, accountId });
  const { catalogue, database, clock } = installation;
  const query = validate(keyQuerySchema, input);
  const ofAccount = eq(apiKeys.accountId, accountId);
  const where = and(
    ofAccount,
    query.search === undefined ? undefined : contains(query.search, catalogue),
    query.category === undefined ? undefined : eq(apiKeys.category, query.category),
    query.enabled === undefined ? undefined : eq(apiKeys.enabled, query.enabled === "true"),
  );
  const [used] = await database.select({ keys: count() }).from(apiKeys).where(ofAccount);
  // An account has at most 100 keys, and the databases do not share a collation in natural order.
  const rows = await database.select().from(apiKeys).where(where);
  const inOrder = query.order === "ascending" ? 1 : -1;
  rows.sort((one, other) => inOrder * compare(one, other, query.sort));
  const start = (query.page - 1) * query.pageSize;
  return {
    keys: await showKeys(database, rows.slice(start, start + query.pageSize), clock()),
    total: rows.length,
    page: query.page,
    pageSize: query.pageSize,
    limit: { used: used?.keys ?? 0, maximum: MAXIMUM_KEYS },
  };
}

type SortColumn = NonNullable<KeyQuery["sort"]>;

const NATURAL = new Intl.Collator("en", { numeric: true });

/** Compares by a column, and equal values by the identifier, so that the order is total. */
function compare(one: KeyRow, other: KeyRow, column: SortColumn): number {
  const [first, second] = [one[column], other[column]];
  const order =
    typeof first === "string" && typeof second === "string"
      ? NATURAL.compare(first, second)
      : Number(first) - Number(second);
  return order || (one.id < other.id ? -1 : 1);
}

/**
 * Matches text anywhere in the key or in the name of its category, and the whole words "enabled"
 * and "disabled", ignoring case. `%`, `_` and `\` are literal.
 */
function contains(text: string, { categories }: Catalogue) {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const lower = text.toLowerCase();
  const named = categories.filter(({ name }) => name.toLowerCase().includes(lower));
  return or(
    inArray(
      apiKeys.category,
      named.map(({ id }) => id),
    ),
    lower === "enabled" || lower === "disabled"
      ? eq(apiKeys.enabled, lower === "enabled")
      : undefined,
    ilike(apiKeys.applicationName, pattern),
    ilike(apiKeys.developerName, pattern),
    ilike(apiKeys.description, pattern),
    ilike(apiKeys.clientIdentifier, pattern),
  );
}
