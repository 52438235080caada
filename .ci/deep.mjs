// The tests that are too long for every change, one after the other. Each ends with one line of figures.
//
//     npm run test:deep                    all of them, in about four hours
//     npm run test:deep -- soak failover   only these
import { spawn } from "node:child_process";
import { argv, exit, stdout } from "node:process";
import { stripVTControlCharacters } from "node:util";
import { root } from "./published.mjs";

/** The last line that vitest prints about the tests. */
const VITEST = /^ *Tests .*/gm;

/** Each suite: its command, and the line of figures in its output. */
const suites = {
  mutation: ["npm run test:mutation", /^mutation: .*/gm],
  fuzz: ["npm run test:fuzz -- --minutes 10", /^fuzz: .*/gm],
  failover: ["npm run test:failover", VITEST],
  counts: ["npm run test:counts", VITEST],
  versions: ["npm run test:versions", VITEST],
  contributing: ["npm run test:contributing", VITEST],
  soak: ["npm run test:soak", /^soak: .*/gm],
  flaky: ["npm run test:flaky", /^flakiness: .*/gm],
};

const names = argv.length > 2 ? argv.slice(2) : Object.keys(suites);
const unknown = names.filter((name) => !Object.hasOwn(suites, name));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(", ")}; the suites are ${Object.keys(suites).join(", ")}`);
  exit(2);
}

const lines = [];
let isRed = false;
for (const name of names) {
  const [command, figures] = suites[name];
  console.log(`\n== ${command}`);
  const started = performance.now();
  const { code, output } = await run(command);
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  const line = output.match(figures)?.at(-1)?.trim();
  // A suite without figures has tested nothing.
  const hasPassed = code === 0 && line !== undefined;
  if (!hasPassed) isRed = true;
  lines.push(
    `${name}: ${hasPassed ? "passed" : "FAILED"} in ${minutes} min; ${line ?? "no figures"}`,
  );
}
console.log(`\n${lines.join("\n")}`);
if (isRed) exit(1);

/** Shows the output while the command runs, and returns it. */
async function run(command) {
  const child = spawn(command, { cwd: root, shell: true, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  for await (const piece of child.stdout.setEncoding("utf8")) {
    stdout.write(piece);
    output += piece;
  }
  const code = child.exitCode ?? (await new Promise((resolve) => child.once("exit", resolve)));
  return { code, output: stripVTControlCharacters(output) };
}
