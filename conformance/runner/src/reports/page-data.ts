import { groupFailures } from "../explanation/group-failures.js";
import type { ImplementationReport, Report, Result } from "../report.js";
import { badge } from "./badge.js";
import type { ReportContext } from "./report-context.js";
import { counts } from "./topic-counts.js";

/**
 * The data of every vector that any implementation fails. It is the same for all
 * implementations.
 */
export function failedVectors({ implementations }: Report): Record<string, object> {
  const vectors: Record<string, object> = {};
  for (const result of implementations.flatMap(({ results }) => results)) {
    if (result.kind !== "vector" || !hasFailed(result)) continue;
    const { id, level, section, comment, flags, input, expected } = result;
    vectors[id] ??= { level, section, comment, flags, input, expected };
  }
  return vectors;
}

/** The data of one implementation, which the page shows when it is opened. */
export function implementationData(
  report: Report,
  implementation: ImplementationReport,
  { history, reproductions }: ReportContext,
): object {
  const { results, ...about } = implementation;
  const { library = about.name } = about;
  const { passed, failed, unsupported } = counts(results);
  const deviations = new Map(
    results.flatMap(({ expectation }) =>
      expectation === undefined ? [] : [[expectation.deviation, expectation] as const],
    ),
  );
  return {
    ...about,
    passed,
    failed,
    unsupported,
    badge: badge({ ...report, implementations: [implementation] }),
    failures: results.filter(hasFailed).map(failureData),
    versions: (history?.get(library) ?? []).map(({ version, released, levels }) => ({
      version,
      released,
      ...levels,
    })),
    mistakes: groupFailures(results).map(({ cause, results: members }) => ({
      ...cause,
      ids: members.map(({ id }) => id),
    })),
    deviations: [...deviations.values()],
    reproductions: (reproductions?.get(library) ?? []).filter(({ deviation }) =>
      deviations.has(deviation),
    ),
  };
}

function hasFailed({ outcome }: Result): boolean {
  return outcome === "failed" || outcome === "error";
}

/** The part that differs between implementations. The rest of a vector is stored once. */
function failureData(result: Result): object {
  const { id, kind, topic, outcome, verdict, received, explanation, expectation } = result;
  const { level, section, comment, input, expected, seed, path } = result;
  return {
    id,
    kind,
    topic,
    outcome,
    verdict,
    received,
    explanation,
    // The causes are stored with the implementation.
    deviation: expectation?.deviation,
    ...(kind === "property" ? { level, section, comment, input, expected, seed, path } : {}),
  };
}
