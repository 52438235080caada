// The mutants that no test can kill, because they do the same as the original. They are listed in
// equivalents/<package>.json with the reason.
import { existsSync, readFileSync } from "node:fs";

/** The listed mutants of a package: groups, each with one reason. */
export function listed(name) {
  const file = new URL(`equivalents/${name}.json`, import.meta.url);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}

/**
 * Compares a report with the list.
 *
 * @param report - Stryker's report (mutation-testing-report-schema).
 * @param groups - What {@link listed} returns.
 * @param options.whole - Whether the report has all mutants of the package.
 * @returns The figures, the survivors that are not listed, and what is wrong with the list.
 */
export function compare(report, groups, { whole }) {
  const entries = new Map(
    groups.flatMap(({ mutants }) => mutants.map((mutant) => [keyOf(mutant), { found: 0 }])),
  );
  const figures = { mutants: 0, killed: 0, timeout: 0, survived: 0, uncovered: 0, equivalent: 0 };
  const survivors = [];
  const mistakes = [];
  for (const [file, { source, mutants }] of Object.entries(report.files)) {
    const lines = source.split("\n");
    for (const { status, location, replacement } of mutants) {
      figures.mutants++;
      const mutant = describe(file, lines, location, replacement);
      const entry = entries.get(keyOf(mutant));
      if (entry !== undefined) entry.found++;
      const column = COLUMNS[status];
      if (column === undefined) {
        throw new Error(`unexpected status ${status} of ${JSON.stringify(mutant)}`);
      }
      const alive = column === "survived" || column === "uncovered";
      // A busy machine can take so long that a run ends by its time limit.
      if (entry !== undefined && column !== "killed") figures.equivalent++;
      else {
        figures[column]++;
        if (alive) survivors.push(mutant);
        else if (entry !== undefined) {
          mistakes.push(`listed as equivalent, but killed: ${JSON.stringify(mutant)}`);
        }
      }
    }
  }
  if (whole) {
    for (const [key, { found }] of entries) {
      if (found === 0) mistakes.push(`listed as equivalent, but not a mutant: ${key}`);
    }
  }
  return { figures, survivors, mistakes };
}

const COLUMNS = {
  Killed: "killed",
  // The mutant throws outside a test, while its module is loaded.
  RuntimeError: "killed",
  Timeout: "timeout",
  Survived: "survived",
  NoCoverage: "uncovered",
};

/** A mutant by its code, which changes less often than its place. */
function describe(file, lines, { start, end }, replacement) {
  const covered = lines.slice(start.line - 1, end.line);
  covered[covered.length - 1] = covered.at(-1).slice(0, end.column - 1);
  covered[0] = covered[0].slice(start.column - 1);
  return {
    file: file.replace(/^packages\/[\w-]+\//, ""),
    line: short(lines[start.line - 1]),
    original: short(covered.join(" ")),
    replacement: short(replacement),
  };
}

function short(code) {
  const line = code.replace(/\s+/g, " ").trim();
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}

function keyOf({ file, line, original, replacement }) {
  return JSON.stringify([file, line, original, replacement]);
}
