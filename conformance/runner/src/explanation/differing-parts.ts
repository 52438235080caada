import { isDeepStrictEqual } from "node:util";

/**
 * The parts in which two values differ: the members of records, and the list elements that the
 * other list lacks.
 */
export function differingParts(a: unknown, b: unknown): [a: unknown, b: unknown] {
  if (Array.isArray(a) && Array.isArray(b)) return [without(a, b), without(b, a)];
  if (!isRecord(a) || !isRecord(b)) return [a, b];
  const [left, right]: Record<string, unknown>[] = [{}, {}];
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (isDeepStrictEqual(a[name], b[name])) continue;
    const [ofA, ofB] = differingParts(a[name], b[name]);
    if (Object.hasOwn(a, name) && left) left[name] = ofA;
    if (Object.hasOwn(b, name) && right) right[name] = ofB;
  }
  return [left, right];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function without(list: readonly unknown[], others: readonly unknown[]): unknown[] {
  const left = [...others];
  return list.filter((item) => {
    const index = left.findIndex((other) => isDeepStrictEqual(item, other));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
