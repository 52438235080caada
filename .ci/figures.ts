// The figures in hand-written texts, each with its place in the repository that it must equal.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sizeLimits } from "./size-limits.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

export function read(path: string): string {
  return readFileSync(`${root}${path}`, "utf8");
}

/** A figure, as a text states it. */
export interface Figure {
  readonly file: string;
  /** Matches the words around the figure, which is its group. */
  readonly words: RegExp;
  readonly value: () => number;
}

export const figures: readonly Figure[] = [
  ...howWeTest(),
  ...["docs/vectors.md", "docs/conformance.md", "docs/conformance/index.html"].map((file) => ({
    file,
    words: /([\d,]+) vectors (?:in|of set)/,
    value: vectorCount,
  })),
  {
    file: "docs/vectors.md",
    words: /vectors in (\d+) topics/,
    value: () => vectorFiles().length,
  },
  {
    file: "docs/mutants.md",
    words: /(\d+) signers and verifiers, each with one deliberate mistake/,
    // A test of the mutants compares the rows with the code.
    value: () => rows("docs/mutants.md").length,
  },
  {
    file: "docs/conformance/index.html",
    words: /(\d+) implementations,/,
    value: () => rows("docs/conformance.md").length,
  },
  ...[...new Map(sizeLimits.map((limit) => [limit[0], limit[1]]))].map(([folder, bytes]) => ({
    file: `packages/${folder}/README.md`,
    words: /At most ([\d.]+) kB/,
    value: () => bytes / 1000,
  })),
  {
    file: "packages/client/README.md",
    words: /sends ([\d,]+) random requests through each client/,
    value: () => constant("packages/client/test/random-requests.test.ts", /CASES = .* : (\d+)/),
  },
  {
    file: "packages/verifier/README.md",
    words: /`fuzz` sends ([\d,]+) random and changed requests/,
    value: () => constant("packages/verifier/test/fuzz.test.ts", /REQUESTS = .* : ([\d_]+)/),
  },
  {
    file: "packages/verifier/README.md",
    words: /sends ([\d,]+) random messages over sockets/,
    value: () => constant("packages/verifier/test/what-is-read.test.ts", /CASES = .* : ([\d_]+)/),
  },
  ...(
    [
      [/it sends ([\d,]+) requests twice/, /REQUESTS = .* : ([\d_]+)/],
      [/twice at the same time to (\d+) processes/, /PROCESSES = .* : ([\d_]+)/],
      [/With `OAUTH1_DEEP=1` it sends ([\d,]+) requests/, /REQUESTS = isDeep \? ([\d_]+)/],
      [/sends [\d,]+ requests to (\d+) processes/, /PROCESSES = isDeep \? ([\d_]+)/],
    ] as const
  ).map(([words, pattern]) => ({
    file: "packages/verifier/README.md",
    words,
    value: () => constant("packages/verifier/test/nonces/replay.test.ts", pattern),
  })),
  {
    file: "packages/runtimes/README.md",
    words: /with (\d+) random cases for each property/,
    value: () => constant("packages/runtimes/test/runtimes.test.ts", /CASES = (\d+)/),
  },
  {
    file: "packages/runtimes/README.md",
    words: /`npm run runtimes` runs ([\d,]+) cases/,
    value: () => constant("packages/runtimes/src/table.ts", /CASES = (\d+)/),
  },
  {
    file: "packages/diagnosis/README.md",
    words: /right for (\d+) of 100 requests with one mistake/,
    value: () =>
      constant(
        "packages/diagnosis/test/injected-mistakes.test.ts",
        /for one mistake in (\d+) of 100 requests/,
      ),
  },
  {
    file: "packages/diagnosis/README.md",
    words: /and for (\d+) of 100 with two/,
    value: () =>
      constant(
        "packages/diagnosis/test/injected-mistakes.test.ts",
        /for two mistakes in (\d+) of 100 requests/,
      ),
  },
];

/** Limits and settings, which are not measured, and figures whose command is in another cell. */
export const notMeasured: readonly { file: string; words: string }[] = [
  { file: "packages/verifier/README.md", words: "`bodyTimeout` 30,000 ms" },
  { file: "docs/decisions.md", words: "has a limit of 60 kB, compressed" },
];

/** The figures of the page about tests, from the pages that the commands write. */
function howWeTest(): Figure[] {
  const largest = (numbers: readonly number[]) => Math.max(...numbers.map(Math.abs));
  const figuresOf: [words: RegExp, value: () => number][] = [
    [/(\d+) implementations/, () => rows("docs/conformance.md").length],
    [/([\d,]+) vectors\]/, vectorCount],
    [/(\d+) verifiers\]/, () => columns("docs/pairwise.md").length - 1],
    [/(\d+) of \d+ statements/, () => sum(column("docs/coverage.md", "tested"))],
    [/\d+ of (\d+) statements/, () => sum(column("docs/coverage.md", "statements"))],
    [/(\d+) mutants\]/, () => rows("docs/mutants.md").length],
    [/(\d+) packages, lowest/, () => rows("docs/mutation-testing.md").length],
    [/lowest score ([\d.]+) %/, () => Math.min(...column("docs/mutation-testing.md", "score"))],
    [/(\d+) parsers/, () => rows("docs/fuzzing.md").length],
    [/parsers, ([\d,]+) inputs/, () => sum(column("docs/fuzzing.md", "inputs"))],
    [/greatest ratio ([\d.]+)/, () => largest(column("docs/complexity.md", "greatest ratio"))],
    [
      /factor of at most ([\d.]+)/,
      () =>
        largest(
          column("docs/provider-load.md", "ratio").map((ratio) => Math.max(ratio, 1 / ratio)),
        ),
    ],
    [/greatest t ([\d.]+)/, () => largest(column("docs/timing.md", "t").slice(0, -1))],
    [/([\d,]+) requests accepted, /, () => sum(column("docs/soak.md", "accepted"))],
    [/accepted, (\d+) faults/, () => sum(column("docs/soak.md", "faults"))],
    [/(\d+) entry points/, () => constant("docs/installation.md", /have (\d+) entry points/)],
  ];
  return figuresOf.map(([words, value]) => ({ file: "docs/how-we-test.md", words, value }));
}

function vectorFiles(): string[] {
  return readdirSync(`${root}conformance/vectors`).filter(
    (name) => name.endsWith(".json") && name !== "package.json",
  );
}

function vectorCount(): number {
  return sum(
    vectorFiles().map((name) => JSON.parse(read(`conformance/vectors/${name}`)).vectors.length),
  );
}

/** The rows of the first table of a page. */
function rows(file: string): string[] {
  return firstTable(file).slice(2);
}

/** The names of the columns of the first table of a page. */
function columns(file: string): string[] {
  return cells(firstTable(file)[0] ?? "");
}

/** The numbers in a column of the first table of a page. */
function column(file: string, name: string): number[] {
  const index = columns(file).indexOf(name);
  return rows(file).map((row) => numberOf((cells(row)[index] ?? "").replace(" %", "")));
}

function firstTable(file: string): string[] {
  const [table = ""] = /(?:^\|.*\n)+/m.exec(read(file)) ?? [];
  return table.trim().split("\n");
}

function cells(row: string): string[] {
  return row
    .slice(1, -1)
    .split(" | ")
    .map((cell) => cell.trim());
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** A number in the source of a test. */
function constant(file: string, pattern: RegExp): number {
  const found = pattern.exec(read(file))?.[1];
  if (found === undefined) throw new Error(`${file} has no ${pattern}`);
  return numberOf(found);
}

/** The value of a figure such as 1,000 or 1_000. */
export function numberOf(figure: string): number {
  return Number(figure.replace(/[,_]/g, ""));
}
