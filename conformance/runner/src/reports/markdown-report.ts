import { printableLine } from "@oauth1/printable";
import { groupFailures } from "../explanation/group-failures.js";
import type { Expectation, ImplementationReport, Report } from "../report.js";
import { escaped } from "./markdown-text.js";
import { byViolations, ENOUGH, isEnough } from "./standing.js";
import { counts, levelCounts } from "./topic-counts.js";

/**
 * A report as Markdown: a table with an implementation a line, then the causes of what fails: those
 * that are known of a library, and those that the run found. Who breaks most of what RFC 5849 requires
 * comes last.
 */
export function markdownReport(report: Report): string {
  const ordered = [...report.implementations].sort(byViolations);
  return [
    "| implementation | version | language | wrong on valid requests | tolerates invalid input | optional or left to the caller | not asked |",
    "| --- | --- | --- | --: | --: | --: | --: |",
    ...ordered.map((implementation) =>
      implementation.status === "missing" ? missingLine(implementation) : line(implementation),
    ),
    "",
    `${report.vectorSet.vectors} vectors of set ${report.vectorSet.version}, and the properties with random cases of seed ${report.seed}, ${report.date.slice(0, 10)}. "2 of 60" are two failures of 60 that were asked.`,
    "",
    `An implementation that was asked less than ${ENOUGH} of what RFC 5849 requires stands in parentheses: so little says nothing about it.`,
    "",
    ...ordered.flatMap(causes),
  ].join("\n");
}

/** Why the run was given up, and what fails by each cause, the most frequent first. */
function causes(implementation: ImplementationReport): string[] {
  const found = groupFailures(implementation.results);
  const known = knownCauses(implementation);
  const { name, givenUp } = implementation;
  if (found.length + known.length === 0 && givenUp === undefined) return [];
  return [
    `## ${escaped(name)}`,
    "",
    ...(givenUp === undefined ? [] : [`The run was given up: ${escaped(givenUp)}`, ""]),
    ...found.flatMap(({ cause: { mistake, section, text }, results }) => [
      causeLine(mistake, section, results.length, text),
      `  ${results
        .slice(0, MOST_IDS)
        .map(({ id }) => code(id))
        .join(", ")}${results.length > MOST_IDS ? `, and ${results.length - MOST_IDS} more` : ""}`,
    ]),
    ...known.map(({ expectation: { deviation, cause, upstream }, section, count }) =>
      [
        causeLine(deviation, section, count, cause),
        ...(upstream === undefined ? [] : [`[Known upstream](${linked(upstream)}).`]),
      ].join(" "),
    ),
    "",
  ];
}

const MOST_IDS = 20;

function causeLine(
  name: string | undefined,
  section: string | undefined,
  count: number,
  text: string,
): string {
  const about = [section, `${count} failure${count === 1 ? "" : "s"}`].filter(
    (part) => part !== undefined,
  );
  const named = name === undefined ? "" : `${code(name)} `;
  return `- ${named}(${escaped(about.join(", "))}): ${escaped(text)}`;
}

/** Names and ids are words, slashes and hyphens; a name of a report may be anything. */
function code(name: string): string {
  return /^[\w/.-]+$/.test(name) ? `\`${name}\`` : escaped(name);
}

/** The deviations that were met, the most frequent first. */
function knownCauses({ results }: ImplementationReport) {
  const known = new Map<string, { expectation: Expectation; section: string; count: number }>();
  for (const { outcome, expectation } of results) {
    if (expectation === undefined || outcome === "passed") continue;
    const before = known.get(expectation.deviation);
    known.set(expectation.deviation, {
      expectation,
      section: expectation.section,
      count: (before?.count ?? 0) + 1,
    });
  }
  return [...known.values()].sort((a, b) => b.count - a.count);
}

function line(implementation: ImplementationReport): string {
  const { version, language, results } = implementation;
  const { required, robustness, interoperability } = levelCounts(results);
  const isTelling = isEnough(required);
  const cells = [required, robustness, interoperability].map(({ passed, failed }) => {
    const text = passed + failed === 0 ? "" : `${failed} of ${passed + failed}`;
    return isTelling || text === "" ? text : `(${text})`;
  });
  return row([
    named(implementation),
    escaped([version ?? "", packagedBy(implementation)].join(" ").trimEnd()),
    escaped(language),
    ...cells,
    String(counts(results).unsupported),
  ]);
}

function missingLine(implementation: ImplementationReport): string {
  return row([
    named(implementation),
    "",
    escaped(implementation.language),
    "not installed",
    "",
    "",
    "",
  ]);
}

/** Who packaged the version that was tested, where that was not its author. */
function packagedBy({ packagedBy: packager }: ImplementationReport): string {
  return packager === undefined ? "" : `(as packaged by ${packager})`;
}

function named({ name, homepage }: ImplementationReport): string {
  return homepage === undefined ? escaped(name) : `[${escaped(name)}](${linked(homepage)})`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** A URL in the parentheses of a link. */
function linked(url: string): string {
  return printableLine(url).replace(
    /[()<>[\]|\\`\s]/g,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
