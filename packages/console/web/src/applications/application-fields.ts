import type { FormRules } from "../components/use-draft.js";
import type { FieldFault } from "../session/console-api.js";

/** The fields of an application that people edit. */
export interface ApplicationFields {
  readonly applicationName: string;
  readonly developerName: string;
  /** What it asks for, in sentences for people. */
  readonly access: readonly string[];
  /** URLs, and `oob`. */
  readonly callbacks: readonly string[];
  readonly signatureMethods: readonly string[];
}

/** The fields of a new application. */
export const NO_FIELDS: ApplicationFields = {
  applicationName: "",
  developerName: "",
  access: [],
  callbacks: [],
  signatureMethods: ["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512"],
};

/** The names of the fields on the page. */
export const LABELS = {
  applicationName: "Application name",
  developerName: "Developer name",
  access: "What it asks for",
  callbacks: "Callbacks",
  signatureMethods: "Signature methods",
} as const satisfies Record<keyof ApplicationFields, string>;

/** The rules of the form of an application. */
export const RULES: FormRules<ApplicationFields> = { labels: LABELS, stored, faultsOf };

/** Returns the value of a field in the words of the page. */
export function valueText(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") || "none" : String(value ?? "none");
}

function stored(fields: ApplicationFields): ApplicationFields {
  const { applicationName, developerName, access, callbacks, signatureMethods } = fields;
  return {
    applicationName: applicationName.trim(),
    developerName: developerName.trim(),
    access: lines(access),
    callbacks: lines(callbacks),
    signatureMethods: signatureMethods.toSorted(),
  };
}

function lines(items: readonly string[]): string[] {
  return [...new Set(items.map((item) => item.trim()).filter((item) => item !== ""))];
}

function faultsOf(fields: ApplicationFields): FieldFault[] {
  const { applicationName, developerName, callbacks, signatureMethods } = stored(fields);
  const missing: readonly [name: keyof ApplicationFields, isMissing: boolean, message: string][] = [
    ["applicationName", applicationName === "", "Enter an application name."],
    ["developerName", developerName === "", "Enter a developer name."],
    ["callbacks", callbacks.length === 0, "Enter a callback, or oob."],
    ["signatureMethods", signatureMethods.length === 0, "Select at least one signature method."],
  ];
  return missing.flatMap(([name, isMissing, message]) =>
    isMissing ? [{ path: `/${name}`, message }] : [],
  );
}
