// Checks whether the duration of a rejection reveals its cause. As in dudect (Reparaz, Balasch,
// Verbauwhede: "Dude, is my code constant time?", 2017): two classes of requests, interleaved at
// random. Where V8 puts code and objects in memory makes one class faster in one process and slower in
// the next, so that the t-test is on the differences of several processes. Writes docs/timing.md, which
// nothing else writes.
import { fork } from "node:child_process";
import { on } from "node:events";
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measuredOn } from "./measured-on.mjs";

const { values } = parseArgs({ options: { runs: { type: "string", default: "50000" } } });
const PROCESSES = 12;
/** dudect's bound: above it the two classes can be distinguished. */
const THRESHOLD = 4.5;
/** Times slower than this share of all runs come from the garbage collector and other programs. */
const KEPT = 0.9;

/** @typedef {{ name: string, runs: number, means: [first: number, second: number] }} Comparison */

/** @type {Map<string, Comparison[]>} */
const measured = new Map();
for (let count = 1; count <= PROCESSES; count++) {
  for await (const comparison of measureInProcess()) {
    const { name } = comparison;
    measured.set(name, [...(measured.get(name) ?? []), comparison]);
  }
  console.error(`process ${count} of ${PROCESSES}`);
}
const results = [...measured.values()].map(summary);
const page = pageOf(results);
writeFileSync(fileURLToPath(new URL("../../../docs/timing.md", import.meta.url)), page);
console.log(page);
const strong = results.at(-1);
if (strong === undefined || Math.abs(strong.t) < THRESHOLD) {
  console.error("the test does not find the known difference: increase --runs");
  process.exitCode = 1;
}
for (const { name, t } of results.slice(0, -1)) {
  if (Math.abs(t) < THRESHOLD) continue;
  console.error(`the classes can be distinguished: ${name}`);
  process.exitCode = 1;
}

/** @returns {AsyncGenerator<Comparison>} */
async function* measureInProcess() {
  const file = fileURLToPath(new URL("timing-process.mjs", import.meta.url));
  const child = fork(file, [`--runs=${values.runs}`, `--kept=${KEPT}`]);
  for await (const [comparison] of on(child, "message", { close: ["exit"] })) yield comparison;
  if (child.exitCode !== 0) throw new Error("a process failed");
}

/**
 * The mean difference of the processes, its standard error, and t (one sample).
 *
 * @param {Comparison[]} comparisons of one name
 */
function summary(comparisons) {
  const differences = comparisons.map(({ means: [first, second] }) => first - second);
  const difference = mean(differences);
  const squares = differences.map((each) => (each - difference) ** 2);
  const error = Math.sqrt(mean(squares) / (PROCESSES - 1));
  return {
    name: comparisons[0]?.name ?? "",
    runs: comparisons[0]?.runs ?? 0,
    means: [0, 1].map((index) => mean(comparisons.map(({ means }) => means[index] ?? 0))),
    difference,
    error,
    largest: Math.max(...differences.map(Math.abs)),
    t: difference / error,
  };
}

/** @param {readonly number[]} numbers */
function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** @param {typeof results} summaries */
function pageOf(summaries) {
  const rows = summaries.map(({ name, runs, means, difference, error, largest, t }) => {
    const cells = [
      name,
      runs.toLocaleString("en"),
      ...means.map((time) => time.toFixed(0)),
      `${Math.round(difference) || 0} ± ${error.toFixed(0)}`,
      largest.toFixed(0),
      t.toFixed(1),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return `# Timing of rejections

\`npx pnpm --filter @oauth1/benchmarks bench:timing\` writes this page. It shows whether the time of a
rejection reveals its reason.

An attacker who cannot see why the verifier rejects a request (\`problemReporting: "none"\`) can still measure the
time of rejections. The benchmark sends two classes of requests to one verifier in random order, and compares
the times of \`verify\`, as in [dudect](https://eprint.iacr.org/2016/1123). It omits the slowest ${((1 - KEPT) * 100).toFixed(0)} % of the
runs of both classes together, because the garbage collector and other programs cause them.

Where V8 puts the code and the objects in memory also makes one class a few nanoseconds faster, in each process
another one. So the benchmark measures in ${PROCESSES} processes, each with new secrets and keys, and tests whether the
mean difference is zero (t-test). If |t| is above ${THRESHOLD}, an attacker could distinguish the classes without knowing
the process.

There are two kinds of controls. The same class twice, and wrong signatures of two known clients, show the noise of the
measurement and must be below this bound. A rejection that is faster by design, that of a wrong version, must be
above it.

${measuredOn} The average load of the
last minute was ${loadavg()[0]?.toFixed(0)}.

| classes | runs in each process | first, ns | second, ns | difference, ns (± standard error) | largest in one process | t |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}

The column _largest in one process_ shows what the place in memory and the keys do: two known RSA keys differ as much
as a known and an unknown one.

The credential store of this benchmark takes the same time whatever it finds; yours may not. The credentials
themselves also matter: the number and length of the secrets, and for RSA the length and form of the key. The
verifier checks an unknown client with a random secret of 32 characters and a random JSON Web Key of 2,048 bits, so
that its rejection resembles that of a wrong signature of such clients. It rejects a signature greater than the
modulus before the calculation.

With enough processes, a difference of a few nanoseconds is above the bound too. The delays of a network vary
thousands of times as much, so an attack over a network needs millions of times as many requests. You can see each
of these rejections in \`verifier.counts\`.
`;
}
