/** Whether a value is to be waited for: a promise, or what a query builder gives in place of one. */
export function isPromiseLike<Value>(value: Value | Promise<Value>): value is Promise<Value> {
  return (
    typeof value === "object" &&
    value !== null &&
    "then" in value &&
    typeof value.then === "function"
  );
}
