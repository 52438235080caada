import type { ImplementationReport } from "../report.js";
import { compareVersions } from "../versions.js";
import { type Counts, counts, levelCounts } from "./topic-counts.js";

/** How much must be asked before a number says something. */
export const ENOUGH = 20;

/** The fewest violations first; those that say nothing, and the missing ones, last. */
export function byViolations(a: ImplementationReport, b: ImplementationReport): number {
  return says(b) - says(a) || violations(a) - violations(b) || answered(b) - answered(a);
}

/**
 * The versions of a library beside each other, the newest first; the libraries as
 * {@link byViolations} has their newest versions.
 */
export function sideBySide(
  implementations: readonly ImplementationReport[],
): readonly ImplementationReport[] {
  const libraries = new Map<string, ImplementationReport[]>();
  for (const implementation of implementations) {
    const library = implementation.library ?? implementation.name;
    libraries.set(library, [...(libraries.get(library) ?? []), implementation]);
  }
  const newestFirst = [...libraries.values()].map(([first, ...others]) => {
    if (first === undefined) throw new RangeError("a library has at least one version");
    const [newest, ...older] = [first, ...others].sort((a, b) =>
      compareVersions(b.version ?? "", a.version ?? ""),
    );
    return { newest: newest ?? first, older };
  });
  return newestFirst
    .sort((a, b) => byViolations(a.newest, b.newest))
    .flatMap(({ newest, older }) => [newest, ...older]);
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
