import type { Catalogue } from "@oauth1/api-keys";
import type { FieldFault } from "../session/console-api.js";
import { dateAndTime } from "./date-and-time.js";

/** The fields of a key that people edit. */
export interface KeyFields {
  readonly applicationName: string;
  readonly developerName: string;
  /** `null` for none. */
  readonly description: string | null;
  readonly category: string;
  readonly permissions: readonly string[];
  /** IP addresses and ranges. Empty if every address is allowed. */
  readonly allowedAddresses: readonly string[];
  /** When the key stops working, or `null` if it does not. */
  readonly expiresAt: string | null;
}

/** The fields of a new key. */
export const NO_FIELDS: KeyFields = {
  applicationName: "",
  developerName: "",
  description: null,
  category: "",
  permissions: [],
  allowedAddresses: [],
  expiresAt: null,
};

/** The names of the fields on the page. */
export const LABELS = {
  applicationName: "Application name",
  developerName: "Developer name",
  description: "Description",
  category: "Category",
  permissions: "API permissions",
  allowedAddresses: "Allowed addresses",
  expiresAt: "Expires",
} as const satisfies Record<keyof KeyFields, string>;

const MAXIMUM = { applicationName: 100, developerName: 100, description: 1000 } as const;

/** Returns the fields of a key, as the server stores them: without surrounding white space. */
export function fieldsOf(key: KeyFields): KeyFields {
  const { applicationName, developerName, description, category, permissions } = key;
  const addresses = key.allowedAddresses.map((address) => address.trim());
  return {
    applicationName: applicationName.trim(),
    developerName: developerName.trim(),
    description: description?.trim() || null,
    category,
    permissions: permissions.toSorted(),
    allowedAddresses: addresses.filter((address) => address !== ""),
    expiresAt: key.expiresAt,
  };
}

/** Returns true if a field is the same in both. */
export function isSame(name: keyof KeyFields, one: KeyFields, other: KeyFields): boolean {
  return JSON.stringify(fieldsOf(one)[name]) === JSON.stringify(fieldsOf(other)[name]);
}

/** Returns the names of the fields that differ. */
export function differences(one: KeyFields, other: KeyFields): (keyof KeyFields)[] {
  return (Object.keys(LABELS) as (keyof KeyFields)[]).filter((name) => !isSame(name, one, other));
}

/** Returns the value of a field in the words of the page. */
export function valueText(name: string, value: unknown, { categories }: Catalogue): string {
  if (name === "category") return categories.find(({ id }) => id === value)?.name ?? String(value);
  if (name === "expiresAt") return value === null ? "never" : dateAndTime(String(value));
  if (name === "allowedAddresses") return (value as string[]).join(", ") || "every address";
  if (!Array.isArray(value)) return String(value ?? "none");
  const all = categories.flatMap(({ permissions }) => permissions);
  const names = value.map((each) => all.find(({ id }) => id === each)?.name ?? String(each));
  return names.join(", ") || "none";
}

/** Finds missing and long values. The server checks the rest. */
export function faultsOf(fields: KeyFields): FieldFault[] {
  const faults: FieldFault[] = [];
  const add = (name: keyof KeyFields, message: string) =>
    faults.push({ path: `/${name}`, message });
  if (fields.applicationName.trim() === "") add("applicationName", "Enter an application name.");
  if (fields.developerName.trim() === "") add("developerName", "Enter a developer name.");
  for (const name of ["applicationName", "developerName", "description"] as const) {
    const excess = (fields[name]?.trim().length ?? 0) - MAXIMUM[name];
    if (excess > 0) {
      const most = `${LABELS[name]} must have at most ${MAXIMUM[name]} characters`;
      add(name, `${most}; remove ${excess}.`);
    }
  }
  if (fields.category === "") add("category", "Choose a category.");
  else if (fields.permissions.length === 0) {
    add("permissions", "Select at least one permission.");
  }
  return faults;
}
