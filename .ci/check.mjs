// The checks of a change before it is pushed: those of CI, without servers, browsers and other
// languages. Every check runs, and the failures are listed at the end.
import { spawnSync } from "node:child_process";
import { argv, exit } from "node:process";
import { root } from "./published.mjs";
import { quickTests } from "./quick-tests.mjs";

const turbo = ["--output-logs=errors-only", "--ui=stream"];
const checks = {
  setup: ["node", ".ci/setup.mjs"],
  types: ["turbo", "run", "build", "types", ...turbo],
  packages: ["turbo", "run", "packages", ...turbo],
  lint: ["npm", "run", "--silent", "lint"],
  tests: ["vitest", "run", "--reporter=dot", ...quickTests()],
};

const [unknown] = argv.slice(2);
if (unknown !== undefined) {
  console.error(
    `npm run check has no arguments, and got ${unknown}: run vitest to test one package`,
  );
  exit(2);
}

const failed = [];
const seconds = (since) => `${Math.round((performance.now() - since) / 1000)} s`;
const started = performance.now();
for (const [name, [program, ...words]] of Object.entries(checks)) {
  console.log(`\n== ${name}`);
  const began = performance.now();
  const { status } = spawnSync(program, words, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
    shell: process.platform === "win32",
  });
  if (status !== 0) failed.push(name);
  console.log(`${name}: ${status === 0 ? "passed" : "failed"} in ${seconds(began)}`);
}
console.log(
  `\n${failed.length === 0 ? "All passed" : `Failed: ${failed.join(", ")}`}, in ${seconds(started)}.`,
);
exit(failed.length === 0 ? 0 : 1);
