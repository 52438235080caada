import type { Catalogue } from "@oauth1/api-keys";
import type { AuditLogEntry } from "@oauth1/api-keys/admin";
import { dateAndTime } from "../api-keys/date-and-time.js";
import { describeChange } from "../api-keys/describe-change.js";
import { describeApplicationChange } from "../applications/describe-change.js";

/** Describes a change with one line for each field, in the words of the pages. */
export function describeEntry(entry: AuditLogEntry, catalogue: Catalogue): string[] {
  if (entry.key !== null) return describeChange(entry, catalogue);
  if (entry.application !== null) return describeApplicationChange(entry);
  const { action, before, after } = entry;
  switch (action) {
    case "user created":
      return [`Role: ${after?.["role"]}`];
    case "user edited":
      return [
        ...(before?.["role"] === after?.["role"]
          ? []
          : [`Role: ${before?.["role"]} → ${after?.["role"]}`]),
        ...(before?.["enabled"] === after?.["enabled"]
          ? []
          : [after?.["enabled"] ? "Enabled" : "Disabled"]),
      ];
    case "one-time link made":
      return [`Works until ${dateAndTime(String(after?.["expiresAt"]))}`];
    case "sessions ended":
      return [after?.["ended"] === 1 ? "1 session" : `${after?.["ended"]} sessions`];
    case "secrets re-encrypted":
      return [`${after?.["secrets"]} secrets`];
    default:
      return [];
  }
}

/** Returns a text that starts with a capital letter. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
