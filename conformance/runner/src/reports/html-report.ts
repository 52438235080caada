import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { printable, printableJson } from "@oauth1/printable";
import { type Level, levels, type Topic } from "@oauth1/properties";
import { isOutOfDate } from "../currency.js";
import { fileName } from "../file-name.js";
import type { ImplementationReport, Report, Result } from "../report.js";
import { failedVectors, implementationData } from "./page-data.js";
import type { ReportContext } from "./report-context.js";
import { ENOUGH, isEnough, sideBySide } from "./standing.js";
import { answeredTopics, type Counts, counts, levelCounts } from "./topic-counts.js";

/**
 * A report as one self-contained page: the matrix of implementations by topic, and for each
 * cell the vectors and properties that failed, with the request, both base strings and the
 * cause.
 */
export function htmlReport(report: Report, context: ReportContext = {}): string {
  const data = Object.entries(reportData(report, context));
  return document(report, data.map(([name, value]) => inlineData(name, value)).join("\n"));
}

/**
 * A report as the files of a folder, for a web server: the same page, which loads the data of an
 * implementation when it is opened.
 *
 * @returns The text of each file, by its name.
 */
export function htmlFiles(
  report: Report,
  context: ReportContext = {},
): ReadonlyMap<string, string> {
  const data = Object.entries(reportData(report, context));
  return new Map([
    ["index.html", document(report, "")],
    ...data.map(([name, value]) => [`${name}.json`, printableJson(value)] as const),
  ]);
}

function document(report: Report, data: string): string {
  const style = page("page.css");
  const script = page("page.js");
  const shown = report.implementations.flatMap(({ results }) => results);
  const topics = answeredTopics(shown);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; ${data === "" ? "connect-src 'self'; " : ""}base-uri 'none'; form-action 'none'">
<title>OAuth 1.0 conformance</title>
<meta name="description" content="How OAuth 1.0 implementations follow RFC 5849, with each failure.">
<style>${style}</style>
</head>
<body>
<header>
<h1>OAuth 1.0 conformance</h1>
<p>${report.implementations.length} implementations, ${report.vectorSet.vectors} vectors of set ${escaped(report.vectorSet.version)}, and properties with random requests of seed ${report.seed}. ${escaped(report.date.slice(0, 10))}.</p>
<p class="legend"><span class="cell good">✓</span> every answer is right <span class="cell many">3</span> wrong on valid requests: what RFC 5849 requires <span class="cell some">3</span> invalid input tolerated, or another reading of what the RFC leaves open <span class="cell none">·</span> not asked. Choose a number to see why. In parentheses: fewer than ${ENOUGH} tests of what the RFC requires, too few to judge the library.</p>
</header>
<main>
<form id="filters" aria-label="Filter the table">
${filter("language", "Language", languagesOf(report))}
${filter("level", "Level", levels)}
${filter("topic", "Topic", topics)}
</form>
<section class="scroll" tabindex="0" aria-label="Implementations by topic">
<table>
<thead><tr><th scope="col">Implementation</th>${topics.map((topic) => `<th scope="col" class="topic" data-topic="${topic}"><span>${topic}</span></th>`).join("")}${Object.values(
    COLUMNS,
  )
    .map((heading) => `<th scope="col" class="topic total"><span>${heading}</span></th>`)
    .join("")}</tr></thead>
<tbody>
${sideBySide(report.implementations)
  .map((implementation) => row(report, implementation, topics))
  .join("\n")}
</tbody>
</table>
</section>
<section id="details" aria-live="polite" tabindex="-1"></section>
<noscript><p>The details need JavaScript; they are in the JSON form of this report too.</p></noscript>
</main>
${data}
<script>${script}</script>
</body>
</html>
`;
}

/** A control to choose one value, or all. */
function filter(name: string, label: string, values: readonly string[]): string {
  const options = values.map((value) => `<option>${escaped(value)}</option>`);
  return `<label>${label} <select name="${name}"><option value="">all</option>${options.join("")}</select></label>`;
}

function languagesOf({ implementations }: Report): string[] {
  return [...new Set(implementations.map(({ language }) => language))].sort();
}

const COLUMNS: Readonly<Record<Level, string>> = {
  required: "wrong on valid requests",
  robustness: "tolerates invalid input",
  interoperability: "optional or the caller's",
};

function row(
  report: Report,
  implementation: ImplementationReport,
  topics: readonly Topic[],
): string {
  const { name, version, released, language, results, status, packagedBy } = implementation;
  const packaged = packagedBy === undefined ? "" : ` as packaged by ${packagedBy}`;
  const day = released === undefined ? "" : ` of ${released}`;
  const about = escaped(`${version ?? ""}${day}${packaged}, ${language}`);
  const isOld = isOutOfDate(implementation, report.date)
    ? ' <small class="old">out of date</small>'
    : "";
  const head = `<th scope="row"><a href="#${fragment(name)}" data-part="${partName(report, implementation)}">${escaped(name)}</a> <small>${about}</small>${isOld}</th>`;
  if (status === "missing") {
    return `<tr data-language="${escaped(language)}">${head}<td class="missing" colspan="${topics.length + 3}">not installed</td></tr>`;
  }
  const cells = topics.map((topic) =>
    cell(
      `#${fragment(name)}/${topic}`,
      results.filter((result) => result.topic === topic),
    ),
  );
  const byLevel = levelCounts(results);
  const isTelling = isEnough(byLevel.required);
  const totals = levels.map((level) =>
    total(`#${fragment(name)}`, level, byLevel[level], isTelling),
  );
  return `<tr data-language="${escaped(language)}">${head}${cells.join("")}${totals.join("")}</tr>`;
}

/** Shows how many violations an implementation has, or how many other failures if it has none. */
function cell(target: string, results: readonly Result[]): string {
  const { passed, failed } = counts(results);
  if (passed + failed === 0) return NOT_ASKED;
  const byLevel = levelCounts(results);
  const violations = byLevel.required.failed;
  const [look, text] =
    violations > 0
      ? ["many", String(violations)]
      : failed > 0
        ? ["some", String(failed)]
        : ["good", "✓"];
  const title = `${passed} of ${passed + failed} passed, ${violations} wrong on valid requests`;
  // For the filter: failed and asked at each level.
  const data = levels.map((level) => {
    const { failed: wrong, passed: right } = byLevel[level];
    return `data-${level}="${wrong}/${wrong + right}"`;
  });
  return `<td><a class="cell ${look}" href="${target}" title="${title}" ${data.join(" ")}>${text}</a></td>`;
}

const NOT_ASKED = '<td><span class="cell none" title="not asked">·</span></td>';

function total(
  target: string,
  level: Level,
  { passed, failed }: Counts,
  isTelling: boolean,
): string {
  if (passed + failed === 0) return NOT_ASKED;
  const text = `${failed} of ${passed + failed}`;
  const look = !isTelling ? "none" : failed === 0 ? "good" : level === "required" ? "many" : "some";
  return `<td class="total"><a class="cell ${look}" href="${target}">${isTelling ? text : `(${text})`}</a></td>`;
}

/** A file of the page, which is published beside the sources. */
function page(name: string): string {
  return readFileSync(new URL(`../../src/reports/page/${name}`, import.meta.url), "utf8");
}

/** A source of the Content Security Policy that allows exactly this text. */
function hash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/**
 * The data that the page shows on request, by the name of the part. Most of it is never
 * requested.
 */
function reportData(report: Report, context: ReportContext): Record<string, object> {
  return {
    [VECTORS]: failedVectors(report),
    ...Object.fromEntries(
      report.implementations.map((implementation) => [
        partName(report, implementation),
        implementationData(report, implementation, context),
      ]),
    ),
  };
}

const VECTORS = "vectors";

/** The name of a part, which is also the name of a file. */
function partName({ implementations }: Report, implementation: ImplementationReport): string {
  const name = fileName(implementation.name);
  const isTaken = implementations.some(
    (other) => other !== implementation && fileName(other.name) === name,
  );
  return isTaken || name === VECTORS ? `${name}-${implementations.indexOf(implementation)}` : name;
}

function inlineData(name: string, value: object): string {
  return `<script type="application/json" id="data-${name}">${json(value)}</script>`;
}

/** JSON that cannot end a script element and contains only characters that a page may contain. */
function json(value: unknown): string {
  return printableJson(value).replace(/[<\p{Noncharacter_Code_Point}]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}

/** The part of an address that names an implementation. */
function fragment(name: string): string {
  return encodeURIComponent(wellFormed(name));
}

/** Text for an address, which cannot contain a lone surrogate. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** Text of HTML, which cannot contain most control characters and noncharacters. */
function escaped(text: string): string {
  return printable(text)
    .replace(/\p{Noncharacter_Code_Point}/gu, "\ufffd")
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
