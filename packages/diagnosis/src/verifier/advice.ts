import type { Mistake } from "../mistakes.js";

/** Says what a client does wrong and what to change, in the words of the catalogue. */
export function adviceOf(mistakes: readonly Mistake[]): string {
  return mistakes
    .map(({ did, change, section }) => `Your client ${did}: ${change} (${section}).`)
    .join(" ");
}
