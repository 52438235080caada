import type { Mistake } from "../mistakes.js";

/** What a client does wrong, and what to change: the words of the catalogue. */
export function adviceOf(mistakes: readonly Mistake[]): string {
  return mistakes
    .map(({ did, change, section }) => `Your client ${did}: ${change} (${section}).`)
    .join(" ");
}
