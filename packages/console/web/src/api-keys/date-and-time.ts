const format = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** An instant as the reader's language and time zone write it. */
export function dateAndTime(iso: string): string {
  return format.format(new Date(iso));
}
