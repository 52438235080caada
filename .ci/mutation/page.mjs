import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { packageNames } from "./packages.mjs";

const PAGE = new URL("../../docs/mutation-testing.md", import.meta.url);

/** Writes the row of a package into docs/mutation-testing.md. The other rows do not change. */
export function writeRow(name, figures) {
  const before = existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "";
  writeFileSync(PAGE, pageWith(before, name, figures, new Date()));
}

/** Returns the page with the row of a package. */
export function pageWith(page, name, figures, date) {
  const rows = new Map();
  for (const [row, known] of page.matchAll(/^\| \[([\w-]+)\].*$/gm)) rows.set(known, row);
  const { mutants, killed, timeout, survived, uncovered, equivalent } = figures;
  const score = (100 * (killed + timeout)) / (mutants - equivalent);
  const [day] = date.toISOString().split("T");
  const cells = [mutants, killed, timeout, survived, uncovered, equivalent, `${percent(score)} %`];
  rows.set(name, `| [${name}](../packages/${name}/README.md) | ${cells.join(" | ")} | ${day} |`);
  return `# Mutation testing of the packages

This page shows whether the tests of each package notice a change in its code. \`npm run test:mutation\` writes it.
With names of packages, such as \`npm run test:mutation -- percent-encoding\`, the command tests those and writes
their rows. With \`--file src/percent-encoding.ts\` as well, it tests only that file and writes no row.
[Mutation testing of the suite](mutants.md) is different: its mutants are whole signers and verifiers, and the
conformance suite must catch them.

[Stryker](https://stryker-mutator.io) makes one small change at a time in a copy of the sources: it replaces an
operator, a condition, a text, or the content of a block. Then it runs the tests of the package that execute the
changed code, random tests with at most 200 inputs. Most tests that start servers or other programs do not run
([\`packages.mjs\`](../.ci/mutation/packages.mjs) selects them). Of diagnosis, it changes only the rules,
because a search for mistakes that takes another way finds the same. A mutant is killed if a test fails, and times out
if the tests no longer end. An equivalent mutant does the same as the original, so that no test can kill it.
[\`.ci/mutation/equivalents\`](../.ci/mutation/equivalents) lists each with the reason. The score is the share of
killed and timed out mutants among those that are not equivalent. The command fails if a mutant survives that is
not listed, or if a listed mutant is killed or no longer exists.

CI runs \`npm run test:mutation -- --since origin/main\` for pull requests, which mutates the changed lines only.

| package | mutants | killed | timed out | survived | not covered | equivalent | score | date |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
${packageNames.flatMap((known) => rows.get(known) ?? []).join("\n")}
`;
}

/** Rounds down, so that only a whole score is 100. */
function percent(score) {
  return (Math.floor(score * 10) / 10).toFixed(1);
}
