/** The same as JSON can hold it: octets as base64, what JSON leaves out as null. */
export function plainData(value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof Uint8Array) return { octets: Buffer.from(value).toString("base64") };
  if (Array.isArray(value)) return value.map(plainData);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, plainData(member)]),
  );
}
