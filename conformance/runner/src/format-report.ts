import { printableJson, printableLine } from "@oauth1/printable";
import { type Level, levels, type Topic, topics } from "@oauth1/properties";
import { aligned, decodedOnce } from "./aligned.js";
import { checkArgument, flag, optional, record } from "./check-options.js";
import { differingParts } from "./explanation/differing-parts.js";
import { type FailureGroup, groupFailures } from "./explanation/group-failures.js";
import { isRejection } from "./rejection.js";
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
  /** Whether every failure is shown whole, beside one example for each mistake. */
  readonly verbose?: boolean | undefined;
}

const formatKind = record({
  color: optional(flag),
  requireAll: optional(flag),
  verbose: optional(flag),
});

type Paint = (colour: keyof typeof COLOURS, text: string) => string;

/** SGR codes of terminals. */
const COLOURS = { red: 31, green: 32, yellow: 33, bold: 1, dim: 2 };

/**
 * A report for people, in which nothing that an implementation said can act on a terminal:
 * implementations beside topics, with the numbers of vectors and properties that passed, failed and
 * were not supported; what is missing; the mistakes of each implementation, with what fails by each
 * and one example; what passes unexpectedly; then the seed.
 *
 * @throws OptionError for an argument that is not a report, or an option that is misspelled or of the wrong
 * type.
 */
export function formatReport(report: Report, options: FormatOptions = {}): string {
  checkArgument("formatReport", "report", report, reportKind);
  checkArgument("formatReport", "options", options, formatKind);
  const { color = false, requireAll = false, verbose = false } = options;
  const paint: Paint = (colour, text) => {
    const shown = printableLine(text);
    return color ? `\u001b[${COLOURS[colour]}m${shown}\u001b[0m` : shown;
  };
  return [
    ...table(report, paint),
    "",
    ...notices(report, paint),
    ...report.implementations.flatMap((implementation) => [
      ...mistakes(implementation, report.implementations.length === 1, paint),
      ...(verbose ? implementation.results.filter(isFailure) : []).flatMap((result) => [
        ...wholeFailure(implementation, result, paint),
        "",
      ]),
      ...implementation.results
        .filter((result) => result.verdict === "unexpected-pass")
        .flatMap((result) => [...unexpectedPass(implementation, result, paint), ""]),
    ]),
    `${verdict(report, requireAll, paint)} Seed ${report.seed}.`,
    "",
  ].join("\n");
}

function isFailure(result: Result): boolean {
  return isUnexpected(result) && result.verdict !== "unexpected-pass";
}

/** The mistakes of an implementation: first by name and count, then what fails by each. */
function mistakes(
  { name, results }: ImplementationReport,
  isOnly: boolean,
  paint: Paint,
): string[] {
  const groups = groupFailures(results);
  return levels.flatMap((level) => {
    const ofLevel = groups.filter((group) => group.level === level);
    if (ofLevel.length === 0) return [];
    const heading = isOnly ? HEADINGS[level] : `${HEADINGS[level]}: ${name}`;
    return [paint("bold", heading), ...summary(ofLevel), "", ...examples(ofLevel, paint)];
  });
}

const HEADINGS: Readonly<Record<Level, string>> = {
  required: "Your mistakes",
  robustness: "Invalid input that your program accepts",
  interoperability: "What the RFC leaves open, or to extensions and callers",
};

function summary(groups: readonly FailureGroup[]): string[] {
  const widest = Math.max(...groups.map(({ cause }) => (cause.mistake ?? "").length));
  return groups.map(({ cause: { mistake = "", text, section }, results: { length } }) => {
    const words = [text, ...(section === undefined ? [] : [`(${section})`])].join(" ");
    return printableLine([String(length).padStart(6), mistake.padEnd(widest), words].join("  "));
  });
}

function examples(groups: readonly FailureGroup[], paint: Paint): string[] {
  return groups.flatMap((group) => [...groupLines(group, paint), ""]);
}

/** How many ids are shown. */
const MOST_IDS = 6;

function groupLines({ cause, results }: FailureGroup, paint: Paint): string[] {
  const { mistake, section, text } = cause;
  const heading = `${results.length} failure${results.length === 1 ? "" : "s"}:`;
  const ids = results.slice(0, MOST_IDS).map(({ id }) => id);
  const more = results.length > MOST_IDS ? [`${results.length - MOST_IDS} more`] : [];
  const [example] = results;
  const named = [mistake, section].filter((part) => part !== undefined).join(", ");
  return [
    [
      paint("red", heading),
      printableLine(named === "" ? text : text.replace(/\.$/, "")),
      ...(named === "" ? [] : [paint("bold", `(${named})`)]),
    ].join(" "),
    printableLine(`  ${[...ids, ...more].join(", ")}`),
    ...(example === undefined ? [] : exampleLines(example, paint)),
  ];
}

/** A failure in few lines: what differs, and not what is the same. */
function exampleLines(result: Result, paint: Paint): string[] {
  const { id, comment, outcome, input, expected, received, explanation } = result;
  const shown = explanation?.baseStrings;
  const [right, wrong] = differingParts(told(comparable(expected), received), received);
  return [
    printableLine(`  for example ${id}: ${comment}`),
    ...(shown === undefined
      ? [
          labelled("input", cut(printableJson(input) ?? "")),
          labelled("expected", cut(answerText(right))),
          labelled(
            "received",
            cut(outcome === "error" ? printableLine(String(received)) : answerText(wrong)),
          ),
        ]
      : differences(explanation, paint)),
  ];
}

/** Of several tolerated answers the one that a wrong answer is compared with. */
function comparable(expected: unknown): unknown {
  if (typeof expected !== "object" || expected === null || !("anyOf" in expected)) return expected;
  const all = expected.anyOf as readonly unknown[];
  return all.find((one) => !isRejection(one)) ?? all[0];
}

/** Without the base string where the implementation tells none: nothing is wrong with that. */
function told(expected: unknown, received: unknown): unknown {
  if (typeof expected !== "object" || expected === null || !("baseString" in expected)) {
    return expected;
  }
  if (typeof received === "object" && received !== null && "baseString" in received)
    return expected;
  const { baseString: _, ...rest } = expected;
  return rest;
}

/** Characters of an example that are shown. */
const LONGEST_LINE = 200;

function cut(text: string): string {
  return text.length <= LONGEST_LINE ? text : `${text.slice(0, LONGEST_LINE)}… (--verbose for all)`;
}

/** An answer as the protocol gives it, where the input is to be rejected or was. */
function answerText(answer: unknown): string {
  if (isRejection(answer)) {
    return answer.rejected === true
      ? "an answer with `error`: the input is invalid"
      : `error: ${printableLine(String(answer.rejected))}`;
  }
  return printableJson(answer) ?? "nothing";
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
  const { requirements } = report;
  const scored =
    requirements === undefined
      ? []
      : [
          printableLine(
            `Judged by the requirements of version ${requirements.version}: ${requirements.notScored} vectors and properties are not scored`,
          ),
        ];
  return lines.length + scored.length === 0 ? [] : [...scored, ...lines, ""];
}

function missing({ implementations }: Report): readonly ImplementationReport[] {
  return implementations.filter(({ status }) => status === "missing");
}

function table(report: Report, paint: Paint): string[] {
  const ran = report.implementations.filter(({ results }) => results.length > 0);
  const [shown, notAsked] = askedTopics(ran);
  const headings = [
    "passed / failed / unsupported",
    ...ran.map(({ name, library = name, version, language }) =>
      printableLine(`${library} ${version} (${language})`),
    ),
  ];
  const row = (label: string, isCounted: (result: Result) => boolean): Cell[] => [
    { text: label },
    ...ran.map(({ results }) => counts(results.filter(isCounted))),
  ];
  const rows = [
    headings.map((text): Cell => ({ text, colour: "bold" })),
    ...shown.map((topic) => row(topic, (result) => result.topic === topic)),
    ...levels
      .filter((level) =>
        ran.some(({ results }) => results.some((result) => result.level === level)),
      )
      .map((level) => row(level, (result) => result.level === level)),
    [
      { text: "random cases for each property" },
      ...ran.map(({ cases }): Cell => ({ text: String(cases), colour: "dim" })),
    ],
  ];
  const widths = headings.map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.text.length ?? 0)),
  );
  const lines = rows.map((cells) =>
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
  return notAsked.length === 0 ? lines : [...lines, `not asked: ${notAsked.join(", ")}`];
}

/** The topics of which anything was answered, and the others that were run. */
function askedTopics(ran: readonly ImplementationReport[]): [asked: Topic[], notAsked: Topic[]] {
  const results = ran.flatMap((implementation) => implementation.results);
  const run = topics.filter((topic) => results.some((result) => result.topic === topic));
  const isAsked = (topic: Topic) =>
    results.some((result) => result.topic === topic && result.outcome !== "unsupported");
  return [run.filter(isAsked), run.filter((topic) => !isAsked(topic))];
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

function unexpectedPass(
  { name }: ImplementationReport,
  { id, kind, section, comment, expectation }: Result,
  paint: Paint,
): string[] {
  return [
    `${paint("red", "unexpected pass")} ${paint("bold", id)} ${printableLine(`${name}, ${kind}, ${section}`)}`,
    printableLine(`  ${comment}`),
    printableLine(
      `  It is listed in expectations.json by the deviation ${expectation?.deviation}.`,
    ),
  ];
}

function wholeFailure({ name }: ImplementationReport, result: Result, paint: Paint): string[] {
  const { kind, id, section, outcome, comment, explanation, flags = [], path } = result;
  const values = (["expected", "received"] as const)
    .filter((field) => result[field] !== undefined)
    // What is shown below with its difference is not shown here.
    .filter((field) => result[field] !== explanation?.baseStrings?.[field])
    .map((field) => labelled(field, answerText(result[field])));
  return [
    `${paint("red", outcome)} ${paint("bold", id)} ${printableLine(`${name}, ${kind}, ${section}`)}`,
    printableLine(`  ${comment}`),
    ...(explanation === undefined ? [] : [printableLine(`  ${explanation.text}`)]),
    ...(flags.length === 0 ? [] : [labelled("reveals", printableLine(flags.join(", ")))]),
    ...(result.input === undefined ? [] : [labelled("input", printableJson(result.input))]),
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
