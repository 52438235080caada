import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { type Deviation, type Expectations, requireKnownOnce } from "./expectations.js";
import { readJson } from "./read-json.js";
import type { ImplementationReport } from "./report.js";
import { UsageError } from "./usage-error.js";
import { compareVersions } from "./versions.js";

/** The differences of another version of a library: its `versions/<version>/expectations.json`. */
export interface VersionExpectations {
  readonly version: string;
  /** Vectors and properties of the library's deviations that this version passes. */
  readonly passing?: readonly string[];
  /**
   * Its additional failures, or failures with another cause. For a deviation of the library,
   * the name is enough. Any other has the form of an `expectations.json`.
   */
  readonly deviations?: readonly (
    | Deviation
    | Pick<Deviation, "name" | "vectors" | "properties" | "sometimes">
  )[];
}

/**
 * The known deviations of another version of a library: those of its `expectations.json`, with
 * the differences in `versions/<version>/expectations.json`.
 *
 * @param expectations - The expectations of the folder.
 * @returns undefined if neither file exists.
 * @throws UsageError if the file does not match its schema, lists an unknown id, or an id
 * twice, or passes what the library does not fail.
 */
export function expectationsOfVersion(
  folder: string,
  version: string,
  expectations: Expectations | undefined,
): Expectations | undefined {
  const own = readVersionExpectations(folder, version);
  if (own === undefined && expectations === undefined) return undefined;
  const where = `${basename(folder)}/versions/${version}/expectations.json`;
  const inherited = (expectations?.deviations ?? []).filter((deviation) =>
    isOfVersion(deviation, version),
  );
  const passing = new Set(own?.passing);
  const listed = new Set(inherited.flatMap(idsOf));
  const unknown = [...passing].find((id) => !listed.has(id));
  if (unknown !== undefined) throw new UsageError(`${where}: nothing fails ${unknown}`);
  const moved = new Set((own?.deviations ?? []).flatMap(idsOf));
  const fails = (id: string) => !passing.has(id) && !moved.has(id);
  const deviations: Deviation[] = inherited.map((deviation) => ({
    ...deviation,
    vectors: deviation.vectors?.filter(fails) ?? [],
    properties: deviation.properties?.filter(fails) ?? [],
    sometimes: deviation.sometimes?.filter(fails) ?? [],
  }));
  for (const added of own?.deviations ?? []) {
    if ("cause" in added) {
      deviations.push(added);
      continue;
    }
    const known = deviations.findIndex(({ name }) => name === added.name);
    const before = deviations[known];
    if (before === undefined) {
      throw new UsageError(`${where}: ${added.name} is new, and must have a cause`);
    }
    deviations[known] = {
      ...before,
      vectors: [...(before.vectors ?? []), ...(added.vectors ?? [])],
      properties: [...(before.properties ?? []), ...(added.properties ?? [])],
      sometimes: [...(before.sometimes ?? []), ...(added.sometimes ?? [])],
    };
  }
  requireKnownOnce(where, deviations);
  return { version, deviations: deviations.filter((deviation) => idsOf(deviation).length > 0) };
}

/** Reads a `versions/<version>/expectations.json`; undefined if there is none. */
export function readVersionExpectations(
  folder: string,
  version: string,
): VersionExpectations | undefined {
  const file = join(folder, "versions", version, "expectations.json");
  if (!existsSync(file)) return undefined;
  const own = readJson<VersionExpectations>(file, "version-expectations");
  if (own.version !== version) {
    throw new UsageError(`${file}: the version is ${own.version}, the folder ${version}`);
  }
  return own;
}

function isOfVersion({ since, fixed }: Deviation, version: string): boolean {
  return (
    (since === undefined || compareVersions(version, since) >= 0) &&
    (fixed === undefined || compareVersions(version, fixed) < 0)
  );
}

function idsOf({
  vectors = [],
  properties: always = [],
  sometimes = [],
}: Pick<Deviation, "vectors" | "properties" | "sometimes">): string[] {
  return [...vectors, ...always, ...sometimes];
}

/**
 * A draft of a `versions/<version>/expectations.json` for the results of a run. Unknown
 * deviations have no name and no cause yet, and are rejected until they have.
 *
 * @param report - The report of that version.
 * @param own - The known differences of that version.
 */
export function draftVersionExpectations(
  report: Pick<ImplementationReport, "results">,
  { version, passing = [], deviations = [] }: VersionExpectations,
): VersionExpectations {
  const ids = (kind: "vector" | "property", ...verdicts: string[]) =>
    report.results
      .filter((result) => result.kind === kind && verdicts.includes(result.verdict))
      .map(({ id }) => id);
  const passes = new Set(
    report.results.filter(({ outcome }) => outcome === "passed").map(({ id }) => id),
  );
  const known = deviations.flatMap((deviation) => {
    const left = {
      ...deviation,
      ...lists(
        deviation.vectors?.filter((id) => !passes.has(id)),
        deviation.properties?.filter((id) => !passes.has(id)),
      ),
    };
    return [...(left.vectors ?? []), ...(left.properties ?? [])].length === 0 ? [] : [left];
  });
  const found = lists(ids("vector", "failed", "error"), ids("property", "failed", "error"));
  const added = [...(found.vectors ?? []), ...(found.properties ?? [])].length === 0 ? [] : [found];
  const passed = [
    ...passing.filter((id) => passes.has(id)),
    ...ids("vector", "unexpected-pass"),
    ...ids("property", "unexpected-pass"),
  ];
  const failed = [
    ...known,
    ...added.map((its) => ({
      name: "",
      section: "",
      fault: "library" as const,
      cause: "",
      ...its,
    })),
  ];
  return {
    version,
    ...(passed.length === 0 ? {} : { passing: passed }),
    ...(failed.length === 0 ? {} : { deviations: failed }),
  };
}

function lists(
  vectors: readonly string[] | undefined,
  properties: readonly string[] | undefined,
): Pick<Deviation, "vectors" | "properties"> {
  return {
    ...(vectors === undefined || vectors.length === 0 ? {} : { vectors }),
    ...(properties === undefined || properties.length === 0 ? {} : { properties }),
  };
}
