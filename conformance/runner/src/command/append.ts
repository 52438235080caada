/** Collects the values of a repeatable option. */
export function append(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
