// How the tests of one package run against its mutants, in Stryker's copy of the repository.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BaseSequencer } from "vitest/node";
import { patience } from "../patience.ts";
import { FailedImports } from "./failed-imports.mjs";
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
  plugins: [sourcesInsteadOfBuilds()],
  test: {
    ...patience,
    // Vite loads the mutated sources in place of the builds.
    server: {},
    provide: { skippedTests: skippedTestsOf(process.env.MUTATED_PACKAGE) },
    include: testsOf(process.env.MUTATED_PACKAGE),
    setupFiles: [fileURLToPath(new URL("before-each-file.mjs", import.meta.url))],
    reporters: [new FailedImports()],
    // Otherwise a module that an earlier run has loaded stays, and a mutant that takes effect while
    // its module is loaded has none.
    isolate: true,
    sequence: { sequencer: SmallestFirst },
  },
};
