import { printableLine } from "@oauth1/printable";
import { firstDifference } from "./explanation/first-difference.js";

/** The number of columns of a line, and of those before the difference. */
const WIDTH = 84;
const BEFORE = 40;

/**
 * Two texts in two lines, cut so that their first difference is visible, and a caret below it.
 */
export function aligned(
  expected: string,
  received: string,
): readonly [expected: string, received: string, caret: string] {
  const index = firstDifference(expected, received);
  const start = index <= BEFORE ? 0 : index - BEFORE;
  const before = start === 0 ? "" : "…";
  const cut = (text: string) =>
    `${before}${printableLine(text.slice(start, start + WIDTH))}${text.length > start + WIDTH ? "…" : ""}`;
  const same = printableLine(expected.slice(start, index));
  return [cut(expected), cut(received), `${" ".repeat(before.length + same.length)}^`];
}

/** A signature base string in readable form: its elements decoded once. */
export function decodedOnce(baseString: string): string {
  return baseString
    .split("&")
    .map((element) => {
      try {
        return decodeURIComponent(element);
      } catch {
        return element;
      }
    })
    .join(" & ");
}
