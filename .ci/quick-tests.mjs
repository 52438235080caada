// The quick tests: the files that do not start a server, a browser or another program, and do
// not measure time, which requires a quiet machine. A file is quick if neither it nor a file
// that it imports from its test folder uses one of these modules or functions. The tests of
// @oauth1/conformance start other languages.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { root } from "./published.mjs";

const SLOW_MODULES =
  /^(?:node:(?:child_process|cluster|https?|http2|net|tls|worker_threads)|@oauth1\/(?:api-keys|console|storage|test-servers)|playwright-core)$/;

const SLOW_FUNCTIONS =
  /\b(?:commandImplementation|performance|discoverCandidates|discoverManifests|runCandidates)\b/;

/** Tests of the whole repository that start one of its tools for a few seconds. */
const QUICK_ANYWAY = /^\.ci\/(?:api-surface|contributing|layers|readmes)\.test\.ts$/;

/** The examples open databases, and the suite runs against each of the mutants. */
const LONG = /^(?:\.ci\/examples|conformance\/mutants\/test\/mutants)\.test\.ts$/;

/** Programs of a separate workspace, and tests that need the oldest versions of libraries. */
const ELSEWHERE = /^packages\/(?:runtimes|client\/oldest-libraries)\//;

/** The paths of the files from the root, sorted. */
export function quickTests() {
  return ["packages", "conformance", ".ci"]
    .flatMap((folder) => testsBelow(join(root, folder)))
    .map((file) => relative(root, file))
    .filter((file) => !ELSEWHERE.test(file) && !LONG.test(file))
    .filter((file) => QUICK_ANYWAY.test(file) || isQuick(join(root, file), new Set()))
    .sort();
}

function testsBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : testsBelow(path);
    return entry.name.endsWith(".test.ts") ? [path] : [];
  });
}

function isQuick(file, seen) {
  if (seen.has(file)) return true;
  seen.add(file);
  const text = readFileSync(file, "utf8");
  if (SLOW_FUNCTIONS.test(text)) return false;
  return Array.from(text.matchAll(/(?:\bfrom|\bimport\(?)\s*"([^"]+)"/g)).every(([, specifier]) => {
    if (SLOW_MODULES.test(specifier)) return false;
    if (!specifier.startsWith(".")) return true;
    const imported = resolve(dirname(file), specifier.replace(/\.js$/, ".ts"));
    return !existsSync(imported) || isQuick(imported, seen);
  });
}
