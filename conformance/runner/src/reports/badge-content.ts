import type { Report } from "../report.js";
import { levelCounts } from "./topic-counts.js";

/** The content of a badge, independent of its format. */
export interface BadgeContent {
  readonly label: string;
  readonly message: string;
  /** Six hexadecimal digits. White text on it has a contrast of at least 4.5 to 1. */
  readonly colour: string;
}

const LABEL = "RFC 5849";
const COLOURS = { none: "5b6470", passed: "17633f", failed: "8a4b00" };

/**
 * The content of a badge for a report of one implementation: how many of the answered vectors
 * and properties that RFC 5849 requires it passes.
 *
 * @throws RangeError unless the report has exactly one implementation.
 */
export function badgeContent({ implementations }: Report): BadgeContent {
  const [implementation, ...others] = implementations;
  if (implementation === undefined || others.length > 0) {
    throw new RangeError("a badge is for a report of one implementation");
  }
  const { results, givenUp } = implementation;
  // The results until then do not predict the rest.
  if (givenUp !== undefined) return { label: LABEL, message: "given up", colour: COLOURS.failed };
  const { passed, failed } = levelCounts(results).required;
  const answered = passed + failed;
  if (answered === 0) return { label: LABEL, message: "not run", colour: COLOURS.none };
  const colour = failed === 0 ? COLOURS.passed : COLOURS.failed;
  return { label: LABEL, message: `${passed} of ${answered}`, colour };
}
