/** Checks a bound among the options of a store. */
export function requireInteger(value: number, option: string, least = 1): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${option}: ${value} is not an integer from ${least} up`);
  }
}
