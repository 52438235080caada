import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { properties } from "@oauth1/properties";
import { checkArgument, filledText, listOf, openRecord, optional, text } from "./check-options.js";
import type { Fault } from "./fault.js";
import { readJson } from "./read-json.js";
import type { ImplementationReport, Result } from "./report.js";
import { UsageError } from "./usage-error.js";
import { loadVectors } from "./vectors.js";

/** One cause, and the vectors and properties that fail because of it. */
export interface Deviation {
  /** A flag of the vectors if one fits. */
  readonly name: string;
  readonly section: string;
  readonly fault: Fault;
  /** What the library does, and why it is wrong. */
  readonly cause: string;
  /** The address where it was reported to the library's maintainers. */
  readonly upstream?: string;
  /**
   * The versions of the library that introduced and fixed it, if known. It is not expected of a
   * version before the first, nor from the second on.
   */
  readonly since?: string;
  readonly fixed?: string;
  readonly vectors?: readonly string[];
  /** Properties that random cases always violate. */
  readonly properties?: readonly string[];
  /** Properties that random cases violate only sometimes. */
  readonly sometimes?: readonly string[];
}

/** The known deviations of an implementation: its `expectations.json`. */
export interface Expectations {
  /** The version of the library when this was recorded. */
  readonly version: string;
  readonly deviations: readonly Deviation[];
}

/**
 * Reads the `expectations.json` of a folder.
 *
 * @returns undefined if the folder has none.
 * @throws UsageError if the file does not match its schema, or lists an unknown id, or an id
 * twice.
 */
export function readExpectations(folder: string): Expectations | undefined {
  checkArgument("readExpectations", "folder", folder, filledText);
  const file = join(folder, "expectations.json");
  if (!existsSync(file)) return undefined;
  const expectations = readJson<Expectations>(file, "expectations");
  requireKnownOnce(`${basename(dirname(file))}/expectations.json`, expectations.deviations);
  return expectations;
}

/** @throws UsageError for an unknown id, and for an id that is listed twice. */
export function requireKnownOnce(where: string, deviations: readonly Deviation[]): void {
  const known = knownIds();
  const listed = new Set<string>();
  for (const { vectors = [], properties: always = [], sometimes = [] } of deviations) {
    for (const [kind, ids] of [
      ["vectors", vectors],
      ["properties", [...always, ...sometimes]],
    ] as const) {
      for (const id of ids) {
        if (!known[kind].has(id)) throw new UsageError(`${where}: unknown id in ${kind}: ${id}`);
        if (listed.has(`${kind} ${id}`)) throw new UsageError(`${where}: listed twice: ${id}`);
        listed.add(`${kind} ${id}`);
      }
    }
  }
}

interface KnownIds {
  readonly vectors: ReadonlySet<string>;
  readonly properties: ReadonlySet<string>;
}

let ids: KnownIds | undefined;

/** The ids of all vectors and properties. The vectors are read once for all implementations. */
function knownIds(): KnownIds {
  ids ??= {
    vectors: new Set(loadVectors().flatMap(({ vectors }) => vectors.map(({ id }) => id))),
    properties: new Set(properties.map(({ id }) => id)),
  };
  return ids;
}

const reportKind = openRecord("the report of an implementation", {
  results: listOf(openRecord("a result", { id: text })),
});

const knownKind = optional(
  openRecord("Expectations", { deviations: listOf(openRecord("a Deviation", {})) }),
);

/** A result with its verdict: whether it failed as expected, or passed or failed unexpectedly. */
export function judge(
  result: Omit<Result, "verdict">,
  expectations: Expectations | undefined,
): Result {
  const { kind, id, outcome } = result;
  const deviations = expectations?.deviations ?? [];
  const surely = deviations.find(({ vectors, properties: always }) =>
    (kind === "vector" ? vectors : always)?.includes(id),
  );
  const perhaps = deviations.find(
    ({ sometimes }) => kind === "property" && sometimes?.includes(id),
  );
  const deviation = surely ?? perhaps;
  if (deviation === undefined || outcome === "unsupported") return { ...result, verdict: outcome };
  if (outcome === "passed" && surely === undefined) return { ...result, verdict: "passed" };
  const { name, section, cause, fault, upstream } = deviation;
  return {
    ...result,
    verdict: outcome === "passed" ? "unexpected-pass" : "expected-failure",
    expectation: {
      deviation: name,
      section,
      cause,
      fault,
      ...(upstream === undefined ? {} : { upstream }),
    },
  };
}

/**
 * A draft of an `expectations.json` for the results of a run: the known deviations, without
 * what passes now, and one more for failures that they do not list. The new one has no name and
 * no cause yet, and is rejected until it has. It may have to be split into one deviation for
 * each cause.
 */
export function draftExpectations(
  report: Pick<ImplementationReport, "version" | "results">,
  known: Expectations | undefined,
): Expectations {
  checkArgument("draftExpectations", "report", report, reportKind);
  checkArgument("draftExpectations", "known", known, knownKind);
  const { version, results } = report;
  const ids = (kind: Result["kind"], ...verdicts: Result["verdict"][]) =>
    results
      .filter((result) => result.kind === kind && verdicts.includes(result.verdict))
      .map(({ id }) => id);
  const passing = {
    vectors: ids("vector", "unexpected-pass"),
    properties: ids("property", "unexpected-pass"),
  };
  const failing = {
    vectors: ids("vector", "failed", "error"),
    properties: ids("property", "failed", "error"),
  };
  const kept = (known?.deviations ?? []).flatMap((deviation): Deviation[] => {
    const { vectors, properties: always, sometimes, ...rest } = deviation;
    const left = nonEmpty({
      vectors: vectors?.filter((id) => !passing.vectors.includes(id)),
      properties: always?.filter((id) => !passing.properties.includes(id)),
      sometimes,
    });
    return Object.keys(left).length === 0 ? [] : [{ ...rest, ...left }];
  });
  const found = nonEmpty(failing);
  const added: Deviation[] =
    Object.keys(found).length === 0
      ? []
      : [{ name: "", section: "", fault: "library", cause: "", ...found }];
  return { version: version ?? "", deviations: [...kept, ...added] };
}

function nonEmpty(
  lists: Pick<
    Partial<Record<keyof Deviation, readonly string[] | undefined>>,
    "vectors" | "properties" | "sometimes"
  >,
) {
  return Object.fromEntries(
    Object.entries(lists).filter(([, ids]) => ids !== undefined && ids.length > 0),
  ) as Pick<Deviation, "vectors" | "properties" | "sometimes">;
}
