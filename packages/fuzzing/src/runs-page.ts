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

\`npm run test:fuzz -- --minutes 10 --page\` writes this page. With the name of a parser, it fuzzes that parser
and writes its row.

Each parser gets random changes of well-formed inputs and of the inputs that were kept. An input is kept if
it executes a block of code for the first time, or a new number of times. For every input the parser must
return a value that round-trips and that a second implementation finds too, or throw its own error with a
place in the input. [The README](https://github.com/oauth1/oauth1/blob/main/packages/fuzzing/README.md) says
what that is for each parser. A row is written only if no input broke a rule. Every test run repeats the
inputs that were kept.

The blocks are those of the functions that were called, as V8 counts them.

| parser | minutes | inputs | blocks executed | inputs kept | date |
| --- | ---: | ---: | ---: | ---: | --- |
${targetNames.flatMap((target) => rows.get(target) ?? []).join("\n")}
`;
}
