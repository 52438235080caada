import { printableLine } from "@oauth1/printable";
import type { ImplementationReport, Report } from "../report.js";
import { counts } from "./topic-counts.js";

/**
 * A report as a Markdown table: an implementation a line, with what passed, what deviates and why.
 */
export function markdownReport(report: Report): string {
  const lines = report.implementations.map((implementation) =>
    implementation.status === "missing" ? missingLine(implementation) : line(implementation),
  );
  return [
    "| implementation | version | language | passed | failed | not answered | deviations |",
    "| --- | --- | --- | --: | --: | --: | --- |",
    ...lines,
    "",
    `${report.vectorSet.vectors} vectors of set ${report.vectorSet.version}, and the properties with random cases of seed ${report.seed}, ${report.date.slice(0, 10)}.`,
    "",
  ].join("\n");
}

function line(implementation: ImplementationReport): string {
  const { passed, failed, unsupported } = counts(implementation.results);
  return row([
    named(implementation),
    escaped(implementation.version ?? ""),
    escaped(implementation.language),
    String(passed),
    String(failed),
    String(unsupported),
    escaped(deviations(implementation).join(", ")),
  ]);
}

function missingLine(implementation: ImplementationReport): string {
  return row([
    named(implementation),
    "",
    escaped(implementation.language),
    "",
    "",
    "",
    "not installed",
  ]);
}

/** The names of the deviations that were met, the most frequent first. */
export function deviations({ results }: ImplementationReport): string[] {
  const found = new Map<string, number>();
  for (const { outcome, expectation } of results) {
    if (expectation === undefined || outcome === "passed") continue;
    found.set(expectation.deviation, (found.get(expectation.deviation) ?? 0) + 1);
  }
  return [...found].sort(([, a], [, b]) => b - a).map(([name]) => name);
}

function named({ name, homepage }: ImplementationReport): string {
  return homepage === undefined ? escaped(name) : `[${escaped(name)}](${linked(homepage)})`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/**
 * Text of a Markdown cell, as it is read: what begins a link, an element, code or emphasis, ends the
 * cell or its line is written as an entity, which every reader of tables knows.
 */
function escaped(text: string): string {
  return printableLine(text).replace(
    /[&<>[\]\\`*|~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}

/** A URL in the parentheses of a link. */
function linked(url: string): string {
  return printableLine(url).replace(
    /[()<>[\]|\\`\s]/g,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
