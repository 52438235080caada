// How the tests of one package run against its mutants, in Stryker's copy of the repository.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BaseSequencer } from "vitest/node";
import { patience } from "../patience.ts";
import { FailedImports } from "./failed-imports.mjs";
import { keptWorker } from "./kept-worker.mjs";
import { skippedTestsOf, testsOf } from "./packages.mjs";
import { sourcesInsteadOfBuilds } from "./sources.mjs";

/** Runs the smallest file first, so that a quick test kills most mutants. */
class SmallestFirst extends BaseSequencer {
  async sort(files) {
    const length = ({ moduleId }) => readFileSync(moduleId).length;
    return files.toSorted((one, other) => length(one) - length(other));
  }
}

export default {
  root: fileURLToPath(new URL("../..", import.meta.url)),
  plugins: [sourcesInsteadOfBuilds(), keptWorker()],
  resolve: {
    alias: [
      {
        find: /^fast-check$/,
        replacement: fileURLToPath(new URL("fast-check.mjs", import.meta.url)),
      },
      {
        find: "fast-check/original",
        replacement: fileURLToPath(import.meta.resolve("fast-check")),
      },
    ],
  },
  test: {
    ...patience,
    provide: { skippedTests: skippedTestsOf(process.env.MUTATED_PACKAGE) },
    include: testsOf(process.env.MUTATED_PACKAGE),
    setupFiles: [fileURLToPath(new URL("before-each-file.mjs", import.meta.url))],
    reporters: [new FailedImports()],
    // The files of one run share a worker. A setup file removes the modules of the one before.
    isolate: false,
    sequence: { sequencer: SmallestFirst },
  },
};
