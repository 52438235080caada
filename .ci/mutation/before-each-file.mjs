// A setup file of Vitest, for the tests that run against mutants.
import fc from "fast-check";
import { beforeEach, inject } from "vitest";

// With the same random inputs in every run, a mutant that one run kills is killed by the next. No
// one reads the counterexample, so it is not shrunk.
fc.configureGlobal({ seed: 5849, endOnFailure: true });

const skipped = inject("skippedTests");
beforeEach(({ task, skip }) => {
  if (skipped.includes(task.name)) skip();
});
