import { printableJson, printableLine } from "@oauth1/printable";
import { topics } from "@oauth1/properties";
import { aligned, decodedOnce } from "./aligned.js";
import { checkArgument, flag, optional, record } from "./check-options.js";
import {
  type Explanation,
  hasFailed,
  type ImplementationReport,
  isUnexpected,
  type Outcome,
  type Report,
  type Result,
  reportKind,
  type Verdict,
} from "./report.js";

/** How a report is written. */
export interface FormatOptions {
  /** Whether it goes to a terminal that shows colours. */
  readonly color?: boolean | undefined;
  /** Whether an implementation that is missing is a failure. */
  readonly requireAll?: boolean | undefined;
}

const formatKind = record({ color: optional(flag), requireAll: optional(flag) });

type Paint = (colour: keyof typeof COLOURS, text: string) => string;

/** SGR codes of terminals. */
const COLOURS = { red: 31, green: 32, yellow: 33, bold: 1, dim: 2 };

/**
 * A report for people, in which nothing that an implementation said can act on a terminal: implementations beside topics, with the numbers of vectors and properties that
 * passed, failed and were not supported; what is missing; then everything that is not as expected,
 * with what went in, what was expected and what came; then the seed.
 *
 * @throws OptionError for an argument that is not a report, or an option that is misspelled or of the wrong
 * type.
 */
export function formatReport(report: Report, options: FormatOptions = {}): string {
  checkArgument("formatReport", "report", report, reportKind);
  checkArgument("formatReport", "options", options, formatKind);
  const { color = false, requireAll = false } = options;
  const paint: Paint = (colour, text) => {
    const shown = printableLine(text);
    return color ? `\u001b[${COLOURS[colour]}m${shown}\u001b[0m` : shown;
  };
  const unexpected = report.implementations.flatMap((implementation) =>
    implementation.results
      .filter(isUnexpected)
      .map((result) => unexpectedResult(implementation, result, paint)),
  );
  return [
    ...table(report, paint),
    "",
    ...notices(report, paint),
    ...unexpected.flatMap((lines) => [...lines, ""]),
    `${verdict(report, requireAll, paint)} Seed ${report.seed}.`,
    "",
  ].join("\n");
}

function verdict(report: Report, requireAll: boolean, paint: Paint): string {
  const results = report.implementations.flatMap((implementation) => implementation.results);
  const count = (...verdicts: Verdict[]) =>
    results.filter((result) => verdicts.includes(result.verdict)).length;
  const parts = [
    [count("failed", "error"), "failed"],
    [count("unexpected-pass"), "passed unexpectedly"],
    [report.implementations.filter(({ givenUp }) => givenUp !== undefined).length, "given up"],
    [requireAll ? missing(report).length : 0, "missing"],
  ] as const;
  const expected = count("expected-failure");
  const asExpected = expected === 0 ? "" : ` ${expected} failed as expected.`;
  if (!hasFailed(report, { requireAll })) return paint("green", `Nothing failed.${asExpected}`);
  const said = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return paint("red", `${said.join(", ")}.${asExpected}`);
}

/** What is to be known of implementations as a whole. */
function notices(report: Report, paint: Paint): string[] {
  const lines = report.implementations.flatMap(
    ({ name, version, expectedVersion, missing, givenUp }) => [
      ...(missing === undefined ? [] : [paint("yellow", `${name} is missing: ${missing}`)]),
      ...(givenUp === undefined ? [] : [paint("red", `${name} was given up: ${givenUp}`)]),
      ...(expectedVersion === undefined
        ? []
        : [
            paint(
              "yellow",
              `${name} is version ${version}: its expectations are for version ${expectedVersion}`,
            ),
          ]),
    ],
  );
  return lines.length === 0 ? [] : [...lines, ""];
}

function missing({ implementations }: Report): readonly ImplementationReport[] {
  return implementations.filter(({ status }) => status === "missing");
}

function table(report: Report, paint: Paint): string[] {
  const ran = report.implementations.filter(({ results }) => results.length > 0);
  const shown = topics.filter((topic) =>
    ran.some(({ results }) => results.some((result) => result.topic === topic)),
  );
  const headings = [
    "passed / failed / unsupported",
    ...ran.map(({ name, version, language }) => printableLine(`${name} ${version} (${language})`)),
  ];
  const row = (label: string, isCounted: (result: Result) => boolean): Cell[] => [
    { text: label },
    ...ran.map(({ results }) => counts(results.filter(isCounted))),
  ];
  const rows = [
    headings.map((text): Cell => ({ text, colour: "bold" })),
    ...shown.map((topic) => row(topic, (result) => result.topic === topic)),
    row("all", () => true),
    [
      { text: "random cases for each property" },
      ...ran.map(({ cases }): Cell => ({ text: String(cases), colour: "dim" })),
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
  const colour = results.some(isUnexpected)
    ? "red"
    : failed > 0
      ? "yellow"
      : passed > 0
        ? "green"
        : "dim";
  return { text: `${passed} / ${failed} / ${unsupported}`, colour };
}

function unexpectedResult({ name }: ImplementationReport, result: Result, paint: Paint): string[] {
  const {
    kind,
    id,
    section,
    outcome,
    verdict,
    expectation,
    comment,
    explanation,
    flags = [],
    path,
  } = result;
  const values = (["input", "expected", "received"] as const)
    .filter((field) => result[field] !== undefined)
    // What is shown below with its difference is not shown here.
    .filter((field) => field === "input" || result[field] !== explanation?.baseStrings?.[field])
    .map((field) => labelled(field, printableJson(result[field])));
  if (verdict === "unexpected-pass") {
    return [
      `${paint("red", "unexpected pass")} ${paint("bold", id)} ${printableLine(`${name}, ${kind}, ${section}`)}`,
      printableLine(`  ${comment}`),
      printableLine(
        `  It is listed in expectations.json by the deviation ${expectation?.deviation}.`,
      ),
    ];
  }
  return [
    `${paint("red", outcome)} ${paint("bold", id)} ${printableLine(`${name}, ${kind}, ${section}`)}`,
    printableLine(`  ${comment}`),
    ...(explanation === undefined ? [] : [printableLine(`  ${explanation.text}`)]),
    ...(flags.length === 0 ? [] : [labelled("reveals", printableLine(flags.join(", ")))]),
    ...values,
    ...differences(explanation, paint),
    ...(path === undefined
      ? []
      : [labelled("path", printableLine(`${path} (seed ${result.seed})`))]),
  ];
}

/** Both base strings below each other, as they are and decoded once. */
function differences(explanation: Explanation | undefined, paint: Paint): string[] {
  const { expected, received } = explanation?.baseStrings ?? {};
  if (expected === undefined || received === undefined) return [];
  const lines = (heading: string, [right, wrong, caret]: ReturnType<typeof aligned>) => [
    `  ${heading}`,
    labelled("expected", right),
    labelled("received", wrong),
    labelled("", paint("red", caret)),
  ];
  const decoded = [decodedOnce(expected), decodedOnce(received)] as const;
  return [
    ...lines("where they begin to differ:", aligned(expected, received)),
    ...(decoded[0] === expected || decoded[0] === decoded[1]
      ? []
      : lines("decoded once:", aligned(...decoded))),
  ];
}

function labelled(label: string, text: string): string {
  return `  ${label.padEnd(8)}  ${text}`;
}
