import type { ImplementationReport } from "../report.js";
import { compareVersions } from "../versions.js";
import { type Counts, counts, levelCounts } from "./topic-counts.js";

/** The minimum share that must be asked before a number is meaningful. */
export const ENOUGH = 20;

/**
 * Orders by the number of violations. Implementations that were asked too little, and missing
 * ones, come last.
 */
export function byViolations(a: ImplementationReport, b: ImplementationReport): number {
  return says(b) - says(a) || violations(a) - violations(b) || answered(b) - answered(a);
}

/**
 * The versions of a library next to each other, the newest first. The libraries are in the
 * order of {@link byViolations} for their newest versions.
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

/** Returns true if this number of answers is meaningful. */
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
