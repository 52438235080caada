import type { Catalogue } from "@oauth1/api-keys";
import type { AuditPage } from "@oauth1/api-keys/admin";
import { dateAndTime } from "./date-and-time.js";
import { LABELS, valueText } from "./key-fields.js";

type Entry = AuditPage["entries"][number];

/** Describes a change of a key with one line for each field, in the words of the page. */
export function describeChange(
  { action, before, after }: Pick<Entry, "action" | "before" | "after">,
  catalogue: Catalogue,
): string[] {
  // The name of the action is enough.
  if (action === "key enabled" || action === "key disabled") return [];
  return Object.keys({ ...before, ...after })
    .map((name) => {
      if (name === "oldSecretsExpireAt") return oldSecrets(before?.[name], after?.[name]);
      if (!before || !after) return "";
      const [old, now] = [before[name], after[name]].map((each) =>
        valueText(name, each, catalogue),
      );
      return old === now ? "" : `${labelOf(name)}: ${old} → ${now}`;
    })
    .filter((line) => line !== "");
}

/** A rotation lets the old secrets work for some time, and a user can end them. */
function oldSecrets(before: unknown, after: unknown): string {
  const isEnd = before !== undefined;
  const times = ([isEnd ? before : after].flat() as string[]).map(dateAndTime).join(", ");
  return isEnd ? `They would have worked until ${times}` : `Old secrets work until ${times}`;
}

function labelOf(name: string): string {
  const label = (LABELS as Readonly<Record<string, string>>)[name];
  // "allowedAddresses" becomes "Allowed addresses".
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return label ?? words.charAt(0).toUpperCase() + words.slice(1);
}
