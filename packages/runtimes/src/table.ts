// Runs everything in every runtime and writes docs/runtimes.md, which nothing else writes.
import { randomInt } from "node:crypto";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { markdownTable } from "./markdown-table.js";
import { makeData, type RuntimeRun, runInRuntime, totalsOf } from "./run-in-runtime.js";
import type { Counts } from "./runtime-report.js";
import { runtimes } from "./runtimes.js";

const CASES = 1000;
const seed = Number(process.env["OAUTH1_SEED"] ?? randomInt(2 ** 31));
const data = makeData();
const totals = totalsOf(data);
console.log(`OAUTH1_SEED=${seed}`);

const rows: string[][] = [];
for (const runtime of runtimes) {
  if (!runtime.isInstalled) {
    process.exitCode = 1;
    console.error(`NOT INSTALLED: ${runtime.name} (${runtime.program})`);
    rows.push([runtime.name, "not installed"]);
    continue;
  }
  try {
    const run = await runInRuntime(runtime, data, { seed, cases: CASES });
    if (!hasPassed(run)) process.exitCode = 1;
    for (const failure of run.failures) console.error(runtime.name, failure);
    rows.push(rowOf(run));
  } catch (error) {
    process.exitCode = 1;
    console.error(runtime.name, error);
    rows.push([runtime.name, "did not run"]);
  }
  console.log(rows.at(-1)?.join("  "));
}

writeFileSync(fileURLToPath(new URL("../../../docs/runtimes.md", import.meta.url)), page(rows));

function hasPassed({ vectors, properties, methods }: RuntimeRun): boolean {
  return (
    vectors.passed === totals.vectors &&
    properties.passed === totals.properties &&
    methods.passed === totals.methods
  );
}

function rowOf({
  runtime,
  vectors,
  properties,
  methods,
  platformFiles,
  seconds,
}: RuntimeRun): string[] {
  const of = ({ passed }: Counts, total: number) => `${passed} of ${total}`;
  return [
    runtime.name,
    runtime.version ?? "",
    of(vectors, totals.vectors),
    of(properties, totals.properties),
    String(CASES),
    of(methods, totals.methods),
    platformFiles.map((file) => `\`${file}\``).join(", "),
    seconds.toFixed(1),
  ];
}

function page(cells: readonly (readonly string[])[]): string {
  const head = [
    "runtime",
    "version",
    "vectors passed",
    "properties passed",
    "cases",
    "methods passed",
    "hash by",
    "seconds",
  ];
  return [
    "# Runtimes",
    "",
    "This page shows that the packages pass the whole suite in every JavaScript runtime.",
    `\`OAUTH1_SEED=${seed} npm run runtimes\` wrote this page on ${new Date().toISOString().slice(0, 10)}.`,
    "",
    ...markdownTable(head, cells),
    "",
    "Vectors and properties are those of [conformance](../conformance). _Cases_ are random inputs for each",
    "property. _Methods_ counts tests that sign and verify with each of the seven signature methods, and",
    "that compare HMAC with Web Crypto. _Hash by_ is the file that the package conditions select in",
    "[hmac-sha1](../packages/hmac-sha1). _Seconds_ is the duration of one run, including the start",
    "of the runtime. [runtimes](../packages/runtimes/README.md) describes how the runs work.",
    "",
    "`signedFetch` of [client](../packages/client) is not in this table: `npm run test:runtimes`",
    "tests it in the same runtimes.",
    "",
  ].join("\n");
}
