const format = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** Formats a time in the reader's language and time zone. */
export function dateAndTime(iso: string): string {
  return format.format(new Date(iso));
}
