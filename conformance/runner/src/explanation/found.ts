import type { Explanation } from "../report.js";

/** What an answer is beside the right one. */
export interface Answers {
  readonly expected: unknown;
  readonly received: unknown;
}

/** What a comparison of answers finds. */
export interface Found {
  /** Causes that explain the failure together. Several lists are several names for the same. */
  readonly causes: Explanation["causes"];
  /** What is known besides, or where nothing else is. */
  readonly note?: string;
  /** Base strings, or the same element of both. */
  readonly texts?: { readonly expected: string; readonly received: string } | undefined;
}
