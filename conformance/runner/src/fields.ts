import type { ClientCredentials, Credentials, Parameter } from "@oauth1/properties";

/** A request of the protocol, as parsed from JSON. */
export type Request = Readonly<Record<string, unknown>>;

/** Thrown for a field that is missing or has the wrong type. The message names only the field. */
export class FieldError extends Error {
  override readonly name = "FieldError";

  constructor(field: string, wanted: string) {
    super(`${field}: expected ${wanted}`);
  }
}

/** Reads a field, or returns `undefined` if it has another type. */
type Read<T> = (value: unknown) => T | undefined;

/** The field of a request. A field that may be null may be omitted too. */
export function field<T>(request: Request, name: string, [read, wanted]: FieldType<T>): T {
  const value = read(Object.hasOwn(request, name) ? request[name] : null);
  if (value === undefined) throw new FieldError(name, wanted);
  return value;
}

/** The same for an optional field. */
export function optionalField<T>(
  request: Request,
  name: string,
  type: FieldType<T>,
): T | undefined {
  return Object.hasOwn(request, name) ? field(request, name, type) : undefined;
}

/** The reader of a field, and the message if it is missing. */
export type FieldType<T> = readonly [read: Read<T>, wanted: string];

/** Text. */
export const text: FieldType<string> = [
  (value) => (typeof value === "string" ? value : undefined),
  "a string",
];

/** A list of texts. */
export const texts: FieldType<string[]> = [
  (value) =>
    Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined,
  "a list of strings",
];

/** Octets in padded base64 (RFC 4648 §4). */
export const base64: FieldType<string> = [
  (value) =>
    typeof value === "string" && Buffer.from(value, "base64").toString("base64") === value
      ? value
      : undefined,
  "base64",
];

/** UTF-16 code units. */
export const codeUnits: FieldType<number[]> = [
  (value) =>
    Array.isArray(value) &&
    value.every((item) => Number.isInteger(item) && item >= 0 && item <= 0xffff)
      ? value
      : undefined,
  "a list of integers from 0 to 65535",
];

/** A list of names and values. */
export const pairs: FieldType<Parameter[]> = [
  (value) => (Array.isArray(value) && value.every(isPair) ? value : undefined),
  "a list of [name, value] pairs",
];

/** Identifier and shared-secret. */
export const credentials: FieldType<Credentials> = [
  (value) => {
    const { identifier, sharedSecret } = (value ?? {}) as Partial<Record<string, unknown>>;
    return typeof identifier === "string" && typeof sharedSecret === "string"
      ? { identifier, sharedSecret }
      : undefined;
  },
  "an object with the strings identifier and sharedSecret",
];

/** Identifier, shared-secret and, if present, the private key. */
export const clientCredentials: FieldType<ClientCredentials> = [
  (value) => {
    const client = credentials[0](value);
    const { privateKey } = (value ?? {}) as Partial<Record<string, unknown>>;
    if (client === undefined || privateKey === undefined) return client;
    return typeof privateKey === "string" ? { ...client, privateKey } : undefined;
  },
  "an object with the strings identifier and sharedSecret, and privateKey for RSA",
];

/** The same, or null. */
export function orNull<T>([read, wanted]: FieldType<T>): FieldType<T | null> {
  return [(value) => (value === null ? null : read(value)), `${wanted}, or null`];
}

function isPair(value: unknown): value is Parameter {
  return (
    Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === "string")
  );
}
