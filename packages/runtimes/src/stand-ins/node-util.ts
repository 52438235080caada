// Replaces `node:util` in bundles without Node.

/**
 * Returns the same as Node's function of this name for the values that vectors and properties
 * compare: primitive values, arrays without holes, plain objects and octets. It rejects anything
 * else.
 */
export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    requireComparable(a);
    requireComparable(b);
    return Object.is(a, b);
  }
  const prototype = requireComparable(a);
  if (requireComparable(b) !== prototype) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  if (Array.isArray(a) && a.length !== (b as unknown[]).length) return false;
  return names.every(
    (name) =>
      Object.hasOwn(b, name) &&
      isDeepStrictEqual(a[name as keyof typeof a], b[name as keyof typeof b]),
  );
}

function requireComparable(value: unknown): unknown {
  if (typeof value === "function" || typeof value === "symbol") throw new TypeError(NOT_COMPARED);
  if (typeof value !== "object" || value === null) return undefined;
  const prototype = Object.getPrototypeOf(value);
  if (
    !(value instanceof Uint8Array) &&
    ![Object.prototype, Array.prototype, null].includes(prototype)
  ) {
    throw new TypeError(NOT_COMPARED);
  }
  return prototype;
}

const NOT_COMPARED = "values must be primitive values, arrays, plain objects or octets";
