import { printableLine } from "@oauth1/printable";
import { firstDifference } from "./explanation/first-difference.js";

/** Columns of one line of text, and those before the difference. */
const WIDTH = 84;
const BEFORE = 40;

/**
 * Two texts in two lines of their own, cut so that the place where they begin to differ is in view,
 * and a caret below that place.
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

/** A signature base string as it is read: its elements decoded once. */
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
