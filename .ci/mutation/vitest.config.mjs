// How the tests of one package run against its mutants, in Stryker's copy of the repository.
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { BaseSequencer } from "vitest/node";
import { patience } from "../patience.ts";
import { FailedImports } from "./failed-imports.mjs";
import { keptWorker } from "./kept-worker.mjs";
import { skippedTestsOf, testsOf } from "./packages.mjs";
import { sourcesInsteadOfBuilds } from "./sources.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tests = testsOf(process.env.MUTATED_PACKAGE);

/** Runs the files in the order of the list. */
class InOrder extends BaseSequencer {
  async sort(files) {
    const place = ({ moduleId }) => tests.indexOf(relative(root, moduleId));
    return files.toSorted((one, other) => place(one) - place(other));
  }
}

export default {
  root,
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
    // A mutant can leave a request without an answer. Each of these tests takes a few seconds at most.
    testTimeout: 20_000,
    hookTimeout: 8_000,
    // Vite loads the mutated sources in place of the builds.
    server: {},
    // A worker thread does not accept flags of V8.
    execArgv: [],
    env: { TEST_KEYS_FOLDER: join(root, "node_modules/.cache/mutation-keys") },
    provide: { skippedTests: skippedTestsOf(process.env.MUTATED_PACKAGE) },
    include: tests,
    setupFiles: [fileURLToPath(new URL("before-each-file.mjs", import.meta.url))],
    reporters: [new FailedImports()],
    // The files of one run share a worker. A setup file removes the modules of the one before.
    isolate: false,
    sequence: { sequencer: InOrder },
  },
};
