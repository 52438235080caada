/** The filters of the page of activity, as the address contains them. */
export interface ActivityFilter {
  readonly actor: string;
  readonly action: string;
  readonly keyId: string;
  readonly userId: string;
  readonly applicationId: string;
  /** The first and the last day, such as `2026-01-31`, in the reader's time zone. */
  readonly from: string;
  readonly to: string;
}

const NAMES = ["actor", "action", "keyId", "userId", "applicationId", "from", "to"] as const;

/** Reads the filters of an address. */
export function filterOf(query: Readonly<Record<string, string>>): ActivityFilter {
  return Object.fromEntries(NAMES.map((name) => [name, query[name] ?? ""])) as never;
}

/** Returns true if the filters select everything. */
export function isEmpty(filter: ActivityFilter): boolean {
  return NAMES.every((name) => filter[name] === "");
}

/** Returns the address of a page of activity. */
export function activityAddress(filter: ActivityFilter, page = 1): string {
  const query = new URLSearchParams(NAMES.map((name) => [name, filter[name]]));
  if (page > 1) query.set("page", String(page));
  for (const name of NAMES) if (filter[name] === "") query.delete(name);
  return query.size === 0 ? "/activity" : `/activity?${query}`;
}

/** Returns the filters as the API takes them: a day becomes the times at which it starts and ends. */
export function apiQuery(filter: ActivityFilter): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of ["actor", "action", "keyId", "userId", "applicationId"] as const) {
    if (filter[name] !== "") query.set(name, filter[name]);
  }
  const from = startOf(filter.from, 0);
  const to = startOf(filter.to, 1);
  if (from !== undefined) query.set("from", from);
  if (to !== undefined) query.set("to", to);
  return query;
}

function startOf(day: string, daysLater: number): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (year === undefined) return undefined;
  return new Date(Number(year), Number(month) - 1, Number(date) + daysLater).toISOString();
}
