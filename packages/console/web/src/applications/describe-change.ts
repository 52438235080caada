import type { AuditLogEntry } from "@oauth1/api-keys/admin";
import { dateAndTime } from "../api-keys/date-and-time.js";
import { LABELS, valueText } from "./application-fields.js";

/** Describes a change of an application with one line for each field, in the words of the page. */
export function describeApplicationChange({
  action,
  before,
  after,
  user,
}: AuditLogEntry): string[] {
  if (user !== null) return [`Account of ${user.name}`];
  if (action === "application secret generated") {
    return [`The old secret works until ${dateAndTime(String(after?.["oldSecretExpiresAt"]))}`];
  }
  if (action !== "application edited") return [];
  return Object.entries(LABELS).flatMap(([name, label]) =>
    after && name in after
      ? [`${label}: ${valueText(before?.[name])} → ${valueText(after[name])}`]
      : [],
  );
}
