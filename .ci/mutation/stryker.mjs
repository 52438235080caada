// The settings of Stryker. They are here and not in a stryker.config file of each package, so that
// every package is mutated in the same way, and the packages stay free of files of this tool.
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Git and the linters ignore it. */
const CACHE = "node_modules/.cache/mutation";

/**
 * @param name - A package, without the scope.
 * @param options.mutate - Paths from the root, each with a range of lines or without.
 * @param options.incremental - Whether results of the last run are used again.
 */
export function settings(name, { mutate, concurrency, incremental, force }) {
  return {
    mutate,
    concurrency,
    testRunner: "vitest",
    plugins: [fileURLToPath(import.meta.resolve("@stryker-mutator/vitest-runner"))],
    vitest: { configFile: ".ci/mutation/vitest.config.mjs", related: false },
    coverageAnalysis: "perTest",
    // Stryker copies the repository, so that no mutant reaches the working tree. Two commands at a
    // time would remove each other's copy if the folder had the same name.
    tempDirName: join(tmpdir(), `oauth1-mutation-${process.pid}`),
    ignorePatterns: [
      "/docs",
      "/conformance/implementations",
      "/conformance/results",
      "/packages/{api-keys,benchmarks,console,fuzzing,installation,runtimes}",
      ".turbo",
    ],
    disableTypeChecks: false,
    tsconfigFile: "none",
    // A mutant that hangs is found by the number of its loops, long before these times. A run that is
    // slow, because the machine is busy, must not count as killed.
    timeoutMS: 60_000,
    timeoutFactor: 2,
    incremental,
    force,
    incrementalFile: cached(name, "incremental.json"),
    reporters: ["html", "json", "progress-append-only"],
    htmlReporter: { fileName: pageOf(name) },
    jsonReporter: { fileName: reportOf(name) },
    allowConsoleColors: false,
    logLevel: "warn",
    warnings: { slow: false },
  };
}

export function reportOf(name) {
  return cached(name, "json");
}

export function pageOf(name) {
  return cached(name, "html");
}

function cached(name, extension) {
  return `${CACHE}/${name}.${extension}`;
}
