// npm run test:mutation -- [package…] [--since ref] [--file path]… [--concurrency n] [--force]
// With --file, such as --file src/sign.ts, only that file of each package is mutated.
import { readFileSync } from "node:fs";
import { chdir, exit } from "node:process";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";
import { root } from "../published.mjs";
import { changedLines } from "./changed-lines.mjs";
import { compare, listed } from "./equivalents.mjs";
import { packageNames, sourcesOf } from "./packages.mjs";
import { writeRow } from "./page.mjs";
import { pageOf, reportOf, settings } from "./stryker.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    since: { type: "string" },
    file: { type: "string", multiple: true },
    concurrency: { type: "string", default: "2" },
    force: { type: "boolean", default: false },
  },
});
const { since, file: files, force } = values;
const isWhole = since === undefined && files === undefined;
const concurrency = Number(values.concurrency);
const unknown = positionals.filter((name) => !packageNames.includes(name));
if (unknown.length > 0 || !(concurrency > 0)) {
  console.error(
    `usage: test:mutation [package…] [--since ref] [--file path]… [--concurrency n] [--force]; the packages are ${packageNames.join(", ")}`,
  );
  exit(2);
}

// Stryker copies the folder that it is started in.
chdir(root);
let failed = false;
const total = { packages: 0, mutants: 0, survived: 0 };
for (const name of positionals.length > 0 ? positionals : packageNames) {
  const mutate = mutated(name);
  if (mutate.length === 0) {
    console.log(`${name}: no changed lines`);
    continue;
  }
  process.env.MUTATED_PACKAGE = name;
  const incremental = since === undefined;
  await new Stryker(settings(name, { mutate, concurrency, incremental, force })).runMutationTest();
  const report = JSON.parse(readFileSync(reportOf(name), "utf8"));
  const result = compare(report, listed(name), { whole: isWhole });
  const { figures, survivors, mistakes } = result;
  console.log(
    `${name}: ${figures.mutants} mutants, ${figures.killed} killed, ${figures.timeout} timed out, ${figures.survived} survived, ${figures.uncovered} not covered, ${figures.equivalent} equivalent; ${pageOf(name)}`,
  );
  for (const survivor of survivors) console.log(`  survived: ${JSON.stringify(survivor)}`);
  for (const mistake of mistakes) console.log(`  ${mistake}`);
  total.packages += 1;
  total.mutants += figures.mutants;
  total.survived += survivors.length;
  failed ||= survivors.length > 0 || mistakes.length > 0;
  if (isWhole) writeRow(name, figures);
}
console.log(
  `mutation: ${total.packages} packages, ${total.mutants} mutants, ${total.survived} survived that are not listed as equivalent`,
);
exit(failed ? 1 : 0);

/** What Stryker changes: files, or their changed lines. */
function mutated(name) {
  const sources = (files ?? sourcesOf(name)).map((file) => `packages/${name}/${file}`);
  return since === undefined ? sources : changedLines(since, sources);
}
