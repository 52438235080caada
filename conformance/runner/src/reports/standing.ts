import type { ImplementationReport } from "../report.js";
import { type Counts, counts, levelCounts } from "./topic-counts.js";

/** How much must be asked before a number says something. */
export const ENOUGH = 20;

/** The fewest violations first; those that say nothing, and the missing ones, last. */
export function byViolations(a: ImplementationReport, b: ImplementationReport): number {
  return says(b) - says(a) || violations(a) - violations(b) || answered(b) - answered(a);
}

function says({ results }: ImplementationReport): number {
  if (results.length === 0) return 0;
  return isEnough(levelCounts(results).required) ? 2 : 1;
}

/** Whether so many answers say something. */
export function isEnough({ passed, failed }: Counts): boolean {
  return passed + failed >= ENOUGH;
}

function violations({ results }: ImplementationReport): number {
  return levelCounts(results).required.failed;
}

function answered({ results }: ImplementationReport): number {
  const { passed, failed } = counts(results);
  return passed + failed;
}
