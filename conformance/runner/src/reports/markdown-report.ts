import { printableLine } from "@oauth1/printable";
import { isOutOfDate, newerVersion } from "../currency.js";
import { groupFailures } from "../explanation/group-failures.js";
import type { Expectation, ImplementationReport, Report } from "../report.js";
import { escaped } from "./markdown-text.js";
import { ENOUGH, isEnough, sideBySide } from "./standing.js";
import { counts, levelCounts } from "./topic-counts.js";

/**
 * A report as Markdown: a table with a line for each implementation, then the causes of
 * failures: the known ones of a library, and those that the run found. The implementation that
 * breaks most of what RFC 5849 requires comes last. The versions of a library are next to each
 * other.
 */
export function markdownReport(report: Report): string {
  const ordered = sideBySide(report.implementations);
  return [
    "# OAuth 1.0 conformance",
    "",
    "This report shows which rules of [RFC 5849](https://www.rfc-editor.org/rfc/rfc5849) each implementation breaks. The table counts the failures, and the sections below it explain them.",
    "",
    "| implementation | version | released | language | wrong on valid requests | tolerates invalid input | optional or left to the caller | not asked |",
    "| --- | --- | --- | --- | --: | --: | --: | --: |",
    ...ordered.map((implementation) =>
      implementation.status === "missing"
        ? missingLine(implementation)
        : line(implementation, report.date),
    ),
    "",
    `The run on ${report.date.slice(0, 10)} used the ${report.vectorSet.vectors} vectors of set ${report.vectorSet.version}, and properties with random cases of seed ${report.seed}. "2 of 60" means two failures in 60 tests.`,
    "",
    `The numbers are in parentheses if fewer than ${ENOUGH} tests were about what RFC 5849 requires: they are too few to judge the implementation.`,
    "",
    ...newerVersions(ordered),
    ...ordered.flatMap((implementation) =>
      causes(
        implementation,
        ordered.find(({ name }) => name === implementation.library),
      ),
    ),
  ].join("\n");
}

/** The versions that are newer than the tested ones, and how a reader can test them. */
function newerVersions(implementations: readonly ImplementationReport[]): string[] {
  const newer = implementations.flatMap((implementation) => newerVersion(implementation) ?? []);
  if (newer.length === 0) return [];
  return [
    "## Newer versions that were not tested",
    "",
    "The registries that the run used do not have these versions. With a registry that has the version, the command installs it for the adapter.",
    "",
    ...newer.map(({ text, command }) => `- ${escaped(text)}: ${codeSpan(command)}`),
    "",
  ];
}

/**
 * Why the run was given up, and the failures of each cause, the most frequent first.
 *
 * @param usual - The version of the library whose causes are described in full. The same causes
 * of another version are only named.
 */
function causes(
  implementation: ImplementationReport,
  usual: ImplementationReport | undefined,
): string[] {
  const found = groupFailures(implementation.results);
  const all = knownCauses(implementation);
  const usuals = usual === undefined || usual === implementation ? [] : knownCauses(usual);
  const isTold = ({ expectation: { deviation, cause } }: KnownCause) =>
    usuals.some(
      ({ expectation }) => expectation.deviation === deviation && expectation.cause === cause,
    );
  const known = all.filter((one) => !isTold(one));
  const same = all.filter(isTold);
  const { name, givenUp } = implementation;
  if (found.length + all.length === 0 && givenUp === undefined) return [];
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
    ...(same.length === 0
      ? []
      : [
          `- As in ${escaped(usual?.name ?? "")}: ${same
            .map(({ expectation: { deviation }, count }) => `${code(deviation)} (${count})`)
            .join(", ")}`,
        ]),
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

/** Code can contain anything except its own end. */
function codeSpan(text: string): string {
  return `\`${printableLine(text).replaceAll("`", "'")}\``;
}

/** Names and ids are words, slashes and hyphens, but the name in a report can be any text. */
function code(name: string): string {
  return /^[\w/.-]+$/.test(name) ? `\`${name}\`` : escaped(name);
}

/** A deviation that occurred, and how often. */
interface KnownCause {
  readonly expectation: Expectation;
  readonly section: string;
  readonly count: number;
}

/** The deviations that occurred, the most frequent first. */
function knownCauses({ results }: ImplementationReport): KnownCause[] {
  const known = new Map<string, KnownCause>();
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

function line(implementation: ImplementationReport, date: string): string {
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
    released(implementation, date),
    escaped(language),
    ...cells,
    String(counts(results).unsupported),
  ]);
}

function missingLine(implementation: ImplementationReport): string {
  return row([
    named(implementation),
    "",
    "",
    escaped(implementation.language),
    "not installed",
    "",
    "",
    "",
  ]);
}

/** The day of the release, and the newer version if this one is out of date. */
function released(implementation: ImplementationReport, date: string): string {
  const { released: day = "", newer } = implementation;
  return isOutOfDate(implementation, date)
    ? `${escaped(day)}, **out of date**: ${escaped(newer?.version ?? "")} was released on ${escaped(newer?.released ?? "")}`
    : escaped(day);
}

/** Who packaged the tested version, if not its author. */
function packagedBy({ packagedBy: packager }: ImplementationReport): string {
  return packager === undefined ? "" : `(as packaged by ${packager})`;
}

/** The library, whose version has its own column. For a missing one, also the version. */
function named({ name, library, status, homepage }: ImplementationReport): string {
  const text = escaped(status === "missing" ? name : (library ?? name));
  return homepage === undefined ? text : `[${text}](${linked(homepage)})`;
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
