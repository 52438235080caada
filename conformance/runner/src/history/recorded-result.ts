import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Level, levels } from "@oauth1/properties";
import { fileName } from "../file-name.js";
import { readJson } from "../read-json.js";
import type { ImplementationReport, Report } from "../report.js";
import { type Counts, levelCounts } from "../reports/topic-counts.js";
import { UsageError } from "../usage-error.js";
import { compareVersions } from "../versions.js";

/** The recorded result of one version of a library: `results/<library>/<version>.json`. */
export interface RecordedResult {
  readonly name: string;
  readonly version: string;
  /** Day or month of the version's release. */
  readonly released?: string;
  readonly language: string;
  readonly packagedBy?: string;
  /** Day of the run, ISO 8601. */
  readonly date: string;
  /** Version of the set of vectors. */
  readonly vectorSet: string;
  readonly seed: number;
  /** Random cases for each property. */
  readonly cases: number;
  readonly levels: Readonly<Record<Level, Counts>>;
  /** Ids of vectors and properties that failed, of each level, sorted. */
  readonly failures: Readonly<Record<Level, readonly string[]>>;
  /** Ids of vectors and properties that were not asked, as a common prefix or one by one. */
  readonly notAsked: readonly string[];
  /** The known causes that occurred, with the number of their failures. */
  readonly deviations: Readonly<Record<string, number>>;
}

/** Returns the part of a run that is recorded. */
export function recordedResult(
  report: Report,
  {
    name,
    library = name,
    version,
    released,
    language,
    packagedBy,
    cases,
    results,
  }: ImplementationReport,
): RecordedResult {
  const failed = results.filter(({ outcome }) => outcome === "failed" || outcome === "error");
  const idsOf = (level: Level) =>
    failed
      .filter((result) => result.level === level)
      .map(({ id }) => id)
      .sort();
  const deviations = new Map<string, number>();
  for (const { expectation } of failed) {
    if (expectation === undefined) continue;
    deviations.set(expectation.deviation, (deviations.get(expectation.deviation) ?? 0) + 1);
  }
  return {
    name: library,
    version: version ?? "",
    ...(released === undefined ? {} : { released }),
    language,
    ...(packagedBy === undefined ? {} : { packagedBy }),
    date: report.date.slice(0, 10),
    vectorSet: report.vectorSet.version,
    seed: report.seed,
    cases,
    levels: levelCounts(results),
    failures: Object.fromEntries(levels.map((level) => [level, idsOf(level)])) as Record<
      Level,
      string[]
    >,
    notAsked: notAsked(results),
    deviations: Object.fromEntries([...deviations].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Complete topics, then single ids of the others. */
function notAsked(results: ImplementationReport["results"]): string[] {
  const unasked = results.filter(({ outcome }) => outcome === "unsupported");
  const asked = new Set(
    results.filter(({ outcome }) => outcome !== "unsupported").map(({ topic }) => topic),
  );
  const names = unasked.map(({ topic, id }) => (asked.has(topic) ? id : `${topic}/`));
  return [...new Set(names)].sort();
}

/**
 * Writes the result of each implementation that ran into a folder. A file whose result differs
 * only in its day is not rewritten, so a repeated run changes nothing.
 *
 * @throws {@link UsageError} if a file cannot be written.
 */
export function recordResults(report: Report, folder: string): void {
  for (const implementation of report.implementations) {
    if (implementation.status === "missing" || implementation.givenUp !== undefined) continue;
    const result = recordedResult(report, implementation);
    const file = join(folder, fileName(result.name), `${fileName(result.version)}.json`);
    try {
      if (existsSync(file) && isSame(readRecordedResult(file), result)) continue;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(result, undefined, 2)}\n`);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      throw new UsageError(`--results ${file}: cannot be written: ${(error as Error).message}`);
    }
  }
}

function isSame({ date: _, ...a }: RecordedResult, { date: __, ...b }: RecordedResult): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Reads a recorded result.
 *
 * @throws {@link UsageError} if the file is missing, is not JSON, or does not match its schema.
 */
export function readRecordedResult(file: string): RecordedResult {
  if (!existsSync(file)) throw new UsageError(`${file}: no such file`);
  return readJson<RecordedResult>(file, "result");
}

/** The recorded results of each library in a folder, the oldest version first. */
export function readHistory(folder: string): ReadonlyMap<string, readonly RecordedResult[]> {
  const history = new Map<string, RecordedResult[]>();
  if (!existsSync(folder)) return history;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const results = readdirSync(join(folder, entry.name))
      .filter((name) => name.endsWith(".json"))
      .map((name) => readRecordedResult(join(folder, entry.name, name)))
      .sort((a, b) => compareVersions(a.version, b.version));
    const [first] = results;
    if (first !== undefined) history.set(first.name, results);
  }
  return history;
}
