import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { root } from "./published.mjs";

const PAGE = new URL("../docs/flakiness.md", import.meta.url);

/**
 * Adds the row of a run to docs/flakiness.md. The other rows do not change.
 *
 * @param {{ tests: number, failed: number, seconds: number }} run
 */
export function writeRun(run) {
  const commit = execFileSync("git", ["rev-parse", "--short=8", "HEAD"], { cwd: root });
  const before = existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "";
  writeFileSync(
    PAGE,
    pageWith(before, { ...run, commit: `${commit}`.trim(), cores: cpus().length }, new Date()),
  );
}

/** Returns the page with the row of a run at the end. */
export function pageWith(page, { commit, cores, tests, failed, seconds }, date) {
  const [day] = date.toISOString().split("T");
  const count = tests.toLocaleString("en");
  const minutes = (seconds / 60).toFixed(1);
  const rows = [
    ...(page.match(/^\| \d{4}-.*$/gm) ?? []),
    `| ${day} | \`${commit}\` | ${cores} | ${count} | ${failed} | ${minutes} |`,
  ];
  return `# Flakiness

This page shows how often the same tests passed in a row. \`npm run test:flaky -- --times 20 --page\` runs all tests
20 times, one run after the other, and adds a row for each. A test that fails in one run and passes in the next is
a fault, either of the code or of the test. During all runs another program uses half of a core, in steps that let
the tests wait for up to 50 milliseconds.

| date | commit | cores | tests | failed | minutes |
| --- | --- | ---: | ---: | ---: | ---: |
${rows.join("\n")}
`;
}
