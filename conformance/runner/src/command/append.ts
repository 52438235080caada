/** Collects the values of an option that may come again. */
export function append(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
