import { type Level, levels } from "@oauth1/properties";
import type { RecordedResult } from "./recorded-result.js";

/** The comparison of two versions. Plain JSON data. */
export interface ResultComparison {
  readonly before: ComparedVersion;
  readonly after: ComparedVersion;
  /** Failures by level. */
  readonly levels: Readonly<Record<Level, LevelComparison>>;
  /** True if anything that RFC 5849 requires fails now and did not before. */
  readonly hasRegressed: boolean;
}

/** The compared version, and the version of its vectors. */
export interface ComparedVersion {
  readonly name: string;
  readonly version: string;
  readonly vectorSet: string;
}

/** Ids of vectors and properties. */
export interface LevelComparison {
  /** Ids that fail now and passed before. */
  readonly added: readonly string[];
  /** Ids that fail now and were not asked before. */
  readonly addedUnasked: readonly string[];
  /** Ids that failed before and pass now. */
  readonly fixed: readonly string[];
  /** Ids that failed before and are not asked now. */
  readonly dropped: readonly string[];
  /** Ids that fail in both. */
  readonly unchanged: readonly string[];
}

/** Compares two recorded results, of two versions of a library or of any two implementations. */
export function compareResults(before: RecordedResult, after: RecordedResult): ResultComparison {
  const compared = (level: Level): LevelComparison => {
    const [old, now] = [new Set(before.failures[level]), new Set(after.failures[level])];
    const appeared = [...now].filter((id) => !old.has(id));
    const gone = [...old].filter((id) => !now.has(id));
    return {
      added: appeared.filter((id) => isAsked(before, id)),
      addedUnasked: appeared.filter((id) => !isAsked(before, id)),
      fixed: gone.filter((id) => isAsked(after, id)),
      dropped: gone.filter((id) => !isAsked(after, id)),
      unchanged: [...now].filter((id) => old.has(id)),
    };
  };
  const byLevel = Object.fromEntries(levels.map((level) => [level, compared(level)])) as Record<
    Level,
    LevelComparison
  >;
  return {
    before: versionOf(before),
    after: versionOf(after),
    levels: byLevel,
    hasRegressed: byLevel.required.added.length > 0,
  };
}

function versionOf({ name, version, vectorSet }: RecordedResult): ComparedVersion {
  return { name, version, vectorSet };
}

function isAsked({ notAsked }: RecordedResult, id: string): boolean {
  const topic = id.slice(0, id.indexOf("/") + 1);
  return !notAsked.includes(id) && !notAsked.includes(topic);
}
