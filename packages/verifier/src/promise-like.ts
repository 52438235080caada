/** Returns true if a value must be awaited: a promise, or a query builder's equivalent. */
export function isPromiseLike<Value>(value: Value | Promise<Value>): value is Promise<Value> {
  return (
    typeof value === "object" &&
    value !== null &&
    "then" in value &&
    typeof value.then === "function"
  );
}
