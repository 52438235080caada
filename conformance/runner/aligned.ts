import { firstDifference } from "./explain.js";

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
    `${before}${visible(text.slice(start, start + WIDTH))}${text.length > start + WIDTH ? "…" : ""}`;
  return [cut(expected), cut(received), `${" ".repeat(before.length + index - start)}^`];
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

/** Text with what would break a line, or is not seen, as one replacement character each. */
function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, "\ufffd");
}
