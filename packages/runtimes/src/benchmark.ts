// Measures the primitives in every runtime that has a clock, and writes docs/performance-runtimes.md,
// which nothing else writes.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.js";
import { markdownTable } from "./markdown-table.js";
import type { PrimitivesReport } from "./measure-primitives.js";
import { runtimes } from "./runtimes.js";

/** workerd is missing, because its clock does not advance while code runs. */
const measured = runtimes.filter(({ name }) => name !== "workerd");

const reports: PrimitivesReport[] = [];
for (const runtime of measured) {
  if (!runtime.isInstalled) {
    console.error(`NOT INSTALLED: ${runtime.name} (${runtime.program})`);
    process.exitCode = 1;
    continue;
  }
  const report = await runtime.run(await bundle(runtime, "measure-primitives"), {});
  reports.push(report as PrimitivesReport);
  console.log(runtime.name);
}

const [first] = reports;
const names = reports.map(({ runtime: { name, version = "" } }) => `${name} ${version}`.trim());
const rows = (first?.rows ?? []).map(({ name, reference, goal }, index) => [
  `${name}, against ${reference}`,
  `≥ ${goal.toFixed(2)}`,
  ...reports.map(({ rows }) => rows[index]?.times.toFixed(2) ?? ""),
]);
const page = [
  "# Performance by runtime",
  "",
  "`npm run bench:runtimes` writes this page. It shows how many times as fast as a reference these packages",
  "are. The reference is a function of the same runtime, or `oauth-1.0a`. The goals are those for Node 20 in",
  "[performance.md](performance.md). workerd is missing, because its clock does not advance while code runs.",
  "",
  `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model.trim() ?? "unknown processor"}.`,
  "",
  ...markdownTable(["", "goal", ...names], rows),
  "",
].join("\n");
writeFileSync(
  fileURLToPath(new URL("../../../docs/performance-runtimes.md", import.meta.url)),
  page,
);
console.log(page);
