// Runs all tests several times in a row beside another load, and names the tests that did not pass every time.
//
//     npm run test:flaky -- --times 20
//     npm run test:flaky -- --times 20 --page    writes the rows of docs/flakiness.md, too
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { execPath, exit } from "node:process";
import { parseArgs } from "node:util";
import { writeRun } from "./flaky-page.mjs";
import { root } from "./published.mjs";

const { values, positionals } = parseArgs({
  options: {
    times: { type: "string", default: "20" },
    page: { type: "boolean", default: false },
  },
  allowPositionals: true, // what vitest filters by: files, or --project after a --
});
const times = Number(values.times);
if (!Number.isInteger(times) || times < 1) {
  console.error("--times must be a whole number from 1");
  exit(2);
}
if (values.page && positionals.length > 0) {
  console.error("--page is for runs of all tests");
  exit(2);
}

/** Half of a core is busy, in steps that let other programs wait for up to 50 milliseconds. */
const load = spawn(
  execPath,
  [
    "-e",
    `setInterval(() => { const end = Date.now() + 50; while (Date.now() < end); }, 100);
     // This process ended, in whatever way.
     process.stdin.resume().on("end", process.exit);`,
  ],
  { stdio: ["pipe", "ignore", "ignore"] },
);
const folder = mkdtempSync(join(tmpdir(), "oauth1-flaky-"));
/** How often each test failed, by its file and name. */
const failures = new Map();
let tests = 0;
const started = performance.now();
try {
  for (let time = 1; time <= times; time++) {
    const began = performance.now();
    const results = runOnce(join(folder, `${time}.json`));
    const failed = failedTests(results);
    for (const name of failed) failures.set(name, (failures.get(name) ?? 0) + 1);
    tests = results.numTotalTests;
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(`${time} of ${times}: ${tests} tests, ${failed.length} failed, ${seconds} s`);
    for (const name of failed) console.log(`  ${name}`);
    if (values.page) writeRun({ tests, failed: failed.length, seconds });
  }
} finally {
  load.kill();
  rmSync(folder, { recursive: true });
}
const minutes = Math.round((performance.now() - started) / 60_000);
console.log(
  `flakiness: ${tests} tests, ${times} times, ${failures.size} tests failed at least once, ${minutes} min`,
);
for (const [name, count] of failures) console.log(`  ${count} of ${times}: ${name}`);
if (failures.size > 0 || tests === 0) exit(1);

function runOnce(file) {
  spawnSync("vitest", ["run", "--reporter=json", `--outputFile=${file}`, ...positionals], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  return JSON.parse(readFileSync(file, "utf8"));
}

/** A file that could not be run fails as one. */
function failedTests({ testResults }) {
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const path = relative(root, name);
    const failed = assertionResults.filter((result) => result.status === "failed");
    if (failed.length === 0) return status === "failed" ? [path] : [];
    for (const { failureMessages } of failed) console.error(failureMessages.join("\n"));
    return failed.map(({ fullName }) => `${path}: ${fullName}`);
  });
}
