// Compares signing one POST with query, form and token with other libraries, in one run.
// `--json file` also writes the results to a file.
import { readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, platform } from "node:os";
import { parseArgs } from "node:util";
import { bench, run, summary } from "mitata";
import { contestants } from "./contestants.mjs";

const { values } = parseArgs({ options: { json: { type: "string" } } });
const ours = "@oauth1/signer";

const wrong = contestants.filter(({ isRight }) => !isRight()).map(({ name }) => name);

// Each is compiled before the measurement. From the first calls mitata decides whether to measure a
// batch of calls or single calls, and cold calls would make it decide differently for each.
for (const { sign } of contestants) for (let call = 0; call < 20_000; call++) sign();

summary(() => {
  for (const { name, sign } of contestants) {
    if (!wrong.includes(name)) bench(name, sign);
  }
});
const { benchmarks } = await run();
const statistics = new Map(benchmarks.map(({ alias, runs }) => [alias, runs[0]?.stats]));

const machine = {
  node: process.versions.node,
  processor: cpus()[0]?.model ?? "unknown",
  processors: cpus().length,
  system: `${platform()} ${arch()}`,
};
const oursNanoseconds = statistics.get(ours)?.p50;
const results = contestants.map(({ name, package: from, makes }) => {
  const nanoseconds = statistics.get(name)?.p50;
  return {
    name,
    version: from === undefined ? `Node ${machine.node}` : version(from),
    makes,
    right: !wrong.includes(name),
    medianNanoseconds: nanoseconds ?? null,
    averageNanoseconds: statistics.get(name)?.avg ?? null,
    // How many times as fast ours is.
    ratio: nanoseconds && oursNanoseconds ? nanoseconds / oursNanoseconds : null,
  };
});

console.log(
  `\nNode ${machine.node}, ${machine.processors} × ${machine.processor}, ${machine.system}\n`,
);
console.log("| | version | makes | median µs | average µs | ours is … times as fast |");
console.log("|---|---|---|---:|---:|---:|");
for (const { name, version, makes, right, ...times } of results) {
  const cells = right
    ? [inMicroseconds(times.medianNanoseconds), inMicroseconds(times.averageNanoseconds)]
    : ["wrong signature", ""];
  const ratio = name === ours ? "" : (times.ratio?.toFixed(2) ?? "");
  console.log(`| ${[name, version, makes, ...cells, ratio].join(" | ")} |`);
}

if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
}
if (wrong.includes(ours)) {
  console.error(`${ours} must sign the request correctly`);
  process.exitCode = 1;
}

/** @param {string} name */
function version(name) {
  const path = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(path, "utf8")).version;
}

/** @param {number | null} nanoseconds */
function inMicroseconds(nanoseconds) {
  return nanoseconds === null ? "" : (nanoseconds / 1000).toFixed(2);
}
