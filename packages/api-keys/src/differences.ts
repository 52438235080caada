/** Returns the fields of the first object that differ in the second. */
export function differences<Fields extends object>(first: Fields, second: Fields): Partial<Fields> {
  return Object.fromEntries(
    Object.entries(first).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(second[name as keyof Fields]),
    ),
  ) as Partial<Fields>;
}

/** Returns the fields that are present. */
export function withoutUndefined<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Fields;
}
