import {
  hasFailed,
  type ImplementationReport,
  type Outcome,
  type Report,
  type Result,
} from "./report.js";
import { topics } from "./topics.js";

/** How a report is written. */
export interface FormatOptions {
  /** Whether it goes to a terminal that shows colours. */
  readonly color?: boolean | undefined;
}

type Paint = (colour: keyof typeof COLOURS, text: string) => string;

/** SGR codes of terminals. */
const COLOURS = { red: 31, green: 32, yellow: 33, bold: 1, dim: 2 };

/**
 * A report for people: implementations beside topics, with the numbers of vectors and laws that
 * passed, failed and were not supported; then every failure, with what went in, what was expected
 * and what came; then the seed.
 */
export function formatReport(report: Report, { color = false }: FormatOptions = {}): string {
  const paint: Paint = (colour, text) =>
    color ? `\u001b[${COLOURS[colour]}m${text}\u001b[0m` : text;
  const failures = report.implementations.flatMap((implementation) =>
    implementation.results
      .filter(({ outcome }) => outcome === "failed" || outcome === "error")
      .map((result) => failure(implementation, result, paint)),
  );
  const verdict = hasFailed(report)
    ? paint("red", `${failures.length} failed.`)
    : paint("green", "Nothing failed.");
  return [
    ...table(report, paint),
    "",
    ...failures.flatMap((lines) => [...lines, ""]),
    `${verdict} Seed ${report.seed}.`,
    "",
  ].join("\n");
}

function table(report: Report, paint: Paint): string[] {
  const shown = topics.filter((topic) =>
    report.implementations.some(({ results }) => results.some((result) => result.topic === topic)),
  );
  const headings = [
    "passed / failed / unsupported",
    ...report.implementations.map(
      ({ name, version, language }) => `${name} ${version} (${language})`,
    ),
  ];
  const row = (label: string, isCounted: (result: Result) => boolean): Cell[] => [
    { text: label },
    ...report.implementations.map(({ results }) => counts(results.filter(isCounted))),
  ];
  const rows = [
    headings.map((text): Cell => ({ text, colour: "bold" })),
    ...shown.map((topic) => row(topic, (result) => result.topic === topic)),
    row("all", () => true),
    [
      { text: "random cases for each law" },
      ...report.implementations.map(({ cases }): Cell => ({ text: String(cases), colour: "dim" })),
    ],
  ];
  const widths = headings.map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.text.length ?? 0)),
  );
  return rows.map((cells) =>
    cells
      .map(({ text, colour }, column) => {
        // Counts to the right, so that they stand below each other.
        const width = widths[column] ?? 0;
        const padded = column === 0 ? text.padEnd(width) : text.padStart(width);
        return colour === undefined ? padded : paint(colour, padded);
      })
      .join("  ")
      .trimEnd(),
  );
}

interface Cell {
  readonly text: string;
  readonly colour?: keyof typeof COLOURS;
}

function counts(results: readonly Result[]): Cell {
  const count = (...outcomes: Outcome[]) =>
    results.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const [passed, failed, unsupported] = [
    count("passed"),
    count("failed", "error"),
    count("unsupported"),
  ];
  const colour = failed > 0 ? "red" : passed > 0 ? "green" : "dim";
  return { text: `${passed} / ${failed} / ${unsupported}`, colour };
}

function failure({ name }: ImplementationReport, result: Result, paint: Paint): string[] {
  const { kind, id, section, outcome, comment, flags = [], path } = result;
  const values = (["input", "expected", "received"] as const)
    .filter((field) => result[field] !== undefined)
    .map((field) => `  ${field.padEnd(8)}  ${JSON.stringify(result[field])}`);
  return [
    `${paint("red", outcome)} ${paint("bold", id)} ${name}, ${kind}, ${section}`,
    `  ${comment}`,
    ...(flags.length === 0 ? [] : [`  ${"reveals".padEnd(8)}  ${flags.join(", ")}`]),
    ...values,
    ...(path === undefined ? [] : [`  ${"path".padEnd(8)}  ${path} (seed ${result.seed})`]),
  ];
}
