/**
 * Returns true if PostgreSQL can store a text and return it unchanged. It cannot store NUL, and a
 * lone surrogate cannot be encoded in UTF-8.
 */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

// With the flag `u`, the class of surrogates matches lone surrogates only.
const UNSTORABLE = /[\0\p{Cs}]/u;

/**
 * Returns the path of a name or value in a JSON value that PostgreSQL cannot store, or `undefined`
 * if there is none.
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
