// A setup file of Vitest, for the tests that run against mutants.
import fc from "fast-check";
import { beforeEach, inject, vi } from "vitest";

// A worker keeps the modules of its last run, which had another mutant. A mutant that takes effect
// while its module is loaded is active from here on, and any other when the tests start.
vi.resetModules();
if (inject("mutantActivation") !== "static") {
  const stryker = globalThis[inject("globalNamespace")];
  if (stryker !== undefined) stryker.activeMutant = undefined;
}

// With the same random inputs in every run, a mutant that one run kills is killed by the next. No
// one reads the counterexample, so it is not shrunk.
fc.configureGlobal({ seed: 5849, endOnFailure: true });

const skipped = inject("skippedTests");
beforeEach(({ task, skip }) => {
  if (skipped.includes(task.name) || skipped.includes(task.suite?.name)) skip();
});
