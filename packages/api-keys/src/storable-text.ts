/**
 * Whether PostgreSQL can store a text and give it back unchanged. It cannot store NUL, and half of a
 * surrogate pair has no form in UTF-8.
 */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

// With the flag `u` the class of surrogates matches halves only.
const UNSTORABLE = /[\0\p{Cs}]/u;

/**
 * Where a JSON value holds a text that PostgreSQL cannot store, in a name or a value; `undefined`
 * where it holds none.
 */
export function findUnstorable(value: unknown): readonly string[] | undefined {
  if (typeof value === "string") return isStorable(value) ? undefined : [];
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    if (!isStorable(name)) return [];
    const path = findUnstorable(member);
    if (path !== undefined) return [name, ...path];
  }
  return undefined;
}
