import { printableLine } from "@oauth1/printable";
import type { CheckedRequest } from "./checked-request.js";

/** The differences after the first one, in words. The summary contains the first one. */
export function furtherDifferences({ signed }: CheckedRequest): string[] {
  const [, ...further] = signed?.comparison.differences ?? [];
  const shown = further.slice(0, MOST_DIFFERENCES).map(({ text }) => text);
  return further.length > shown.length ? [...shown, "And more."] : shown;
}

const MOST_DIFFERENCES = 4;

/**
 * The right and the signed base string in two lines, cut so that their first difference is
 * visible, and a caret below it.
 *
 * @returns `undefined` if both are the same, or the signed one is unknown.
 */
export function differenceOf({
  baseString = "",
  signed,
}: CheckedRequest): { right: string; signed: string; caret: string } | undefined {
  if (signed?.comparison.index === undefined) return undefined;
  const { index, indexInPart, expected, received } = signed.comparison;
  const start = index - indexInPart;
  const before = start === 0 ? "" : "…";
  const line = (part: string, whole: string) =>
    `${before}${printableLine(part)}${start + part.length < whole.length ? "…" : ""}`;
  const same = before + printableLine(expected.slice(0, indexInPart));
  return {
    right: line(expected, baseString),
    signed: line(received, signed.baseString),
    caret: `${" ".repeat(same.length)}^`,
  };
}
