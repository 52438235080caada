import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Blocks } from "./coverage.js";
import { targetNames } from "./targets/index.js";

const PAGE = new URL("../../../docs/fuzzing.md", import.meta.url);

/** The figures of a run that found nothing. */
export interface Run {
  /** The name of the target. */
  readonly name: string;
  readonly minutes: number;
  readonly inputs: number;
  readonly blocks: Blocks;
  /** The size of the corpus. */
  readonly kept: number;
}

/** Writes the row of a target into docs/fuzzing.md. The rows of the other targets do not change. */
export function writeRun(run: Run): void {
  const before = existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "";
  writeFileSync(PAGE, pageWith(before, run, new Date()));
}

/** Returns the page with the row of a run. */
export function pageWith(
  page: string,
  { name, minutes, inputs, blocks, kept }: Run,
  date: Date,
): string {
  const rows = new Map<string | undefined, string>();
  for (const [row, target] of page.matchAll(/^\| `([\w-]+)` \|.*$/gm)) rows.set(target, row);
  const [day = ""] = date.toISOString().split("T");
  rows.set(
    name,
    `| \`${name}\` | ${minutes} | ${inputs.toLocaleString("en")} | ${blocks.executed} of ${blocks.all} | ${kept} | ${day} |`,
  );
  return `# Fuzzing

This page shows how much code of each parser the fuzzer executes. \`npm run test:fuzz -- --minutes 10 --page\` writes
it. With the name of a parser, the command fuzzes this parser and writes its row.
Each row states the minutes of its own run.

The fuzzer changes well-formed inputs and kept inputs at random, and passes the results to the parser. It keeps
an input if the input executes a block of code for the first time, or a new number of times. For every input
the parser must return a value, or throw its own error with a place in the input. The value must survive
serialization and parsing, and a second implementation must find the same value. [The README](https://github.com/oauth1/oauth1/blob/main/packages/fuzzing/README.md) says
what this means for each parser. The command writes a row only if no input broke a rule. Every test run
repeats the kept inputs.

V8 counts the blocks of code in the functions that the run called.

| parser | minutes | inputs | blocks executed | inputs kept | date |
| --- | ---: | ---: | ---: | ---: | --- |
${targetNames.flatMap((target) => rows.get(target) ?? []).join("\n")}
`;
}
