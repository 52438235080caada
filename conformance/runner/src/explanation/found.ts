import type { Explanation } from "../report.js";

/** A comparison of an answer with the right one. */
export interface Answers {
  readonly expected: unknown;
  readonly received: unknown;
}

/** The findings of a comparison. */
export interface Found {
  /** Causes that explain the failure together. Several lists are alternatives. */
  readonly causes: Explanation["causes"];
  /** Additional information, or the only information if no cause is known. */
  readonly note?: string;
  /** Base strings, or the same element of both. */
  readonly texts?: { readonly expected: string; readonly received: string } | undefined;
}
