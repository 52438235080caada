const LIST = "/api-keys";

let last = LIST;

/** Remembers the address of the list with its search, order and page. */
export function rememberList(query: string): void {
  last = query === "" ? LIST : `${LIST}?${query}`;
}

/** Returns the address of the list as it was shown last, so that a link leads back to it. */
export function listAddress(): string {
  return last;
}
