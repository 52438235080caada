/** The query of the list: the parameters of its address, which are those of the API. */
export interface ListQuery {
  readonly search: string;
  readonly category: string;
  readonly enabled: "" | "true" | "false";
  /** A key of `ORDERS`. */
  readonly order: string;
  readonly page: number;
}

/** The orders of the list, by `sort` and `order` of the API. */
export const ORDERS = {
  "createdAt descending": "Newest first",
  "createdAt ascending": "Oldest first",
  "editedAt descending": "Last edited",
  "applicationName ascending": "Application, A to Z",
  "developerName ascending": "Developer, A to Z",
} as const;

const DEFAULT_ORDER = "createdAt descending";

/** Reads the parameters of an address. Unknown values are ignored. */
export function readListQuery(parameters: Readonly<Record<string, string>>): ListQuery {
  const { search = "", category = "", enabled, sort, order, page } = parameters;
  const wanted = `${sort} ${order}`;
  return {
    search,
    category,
    enabled: enabled === "true" || enabled === "false" ? enabled : "",
    order: wanted in ORDERS ? wanted : DEFAULT_ORDER,
    page: page !== undefined && /^[1-9]\d{0,3}$/.test(page) ? Number(page) : 1,
  };
}

/** Returns the parameters of the address, without those that have their default. */
export function writeListQuery({ search, category, enabled, order, page }: ListQuery): string {
  const [sort = "", direction = ""] = order.split(" ");
  return new URLSearchParams({
    ...(search.trim() !== "" && { search: search.trim() }),
    ...(category !== "" && { category }),
    ...(enabled !== "" && { enabled }),
    ...(order !== DEFAULT_ORDER && { sort, order: direction }),
    ...(page !== 1 && { page: String(page) }),
  }).toString();
}
