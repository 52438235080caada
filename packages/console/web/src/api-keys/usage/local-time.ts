/** Returns a time as the value of an `<input type="datetime-local">`, in the reader's time zone. */
export function localTime(iso: string): string {
  const date = new Date(iso);
  const two = (number: number) => String(number).padStart(2, "0");
  const day = [
    String(date.getFullYear()).padStart(4, "0"),
    two(date.getMonth() + 1),
    two(date.getDate()),
  ];
  const time = [two(date.getHours()), two(date.getMinutes())];
  if (date.getSeconds() !== 0) time.push(two(date.getSeconds()));
  return `${day.join("-")}T${time.join(":")}`;
}

/** Returns the time that an `<input type="datetime-local">` contains, or `null` if it is empty. */
export function timeOf(value: string): string | null {
  const date = new Date(value);
  return value === "" || Number.isNaN(date.getTime()) ? null : date.toISOString();
}
