// The packages that `npm run test:mutation` mutates, in the order of the table, and the tests that
// run against each mutant.
import { quickTests } from "../quick-tests.mjs";

/**
 * For each package, those of its quick tests that do not run: files, and titles of tests. The
 * comments say why.
 */
const EXCLUDED = {
  "percent-encoding": {
    // It loads the build into separate realms, where no mutant is active.
    files: ["spell.test.ts"],
    // Millions of calls. Other tests make the same statements for a few.
    tests: [
      "is encoded by percentEncode and decoded by percentDecode",
      "can have 1,000,000 characters",
    ],
  },
  "hmac-sha1": {},
};

export const packageNames = Object.keys(EXCLUDED);

/** The paths from the root of the tests that run against the mutants of a package. */
export function testsOf(name) {
  const folder = `packages/${name}/test/`;
  const excluded = (EXCLUDED[name].files ?? []).map((file) => folder + file);
  return quickTests().filter((file) => file.startsWith(folder) && !excluded.includes(file));
}

/** The titles of tests that do not run against the mutants of a package. */
export function skippedTestsOf(name) {
  return EXCLUDED[name].tests ?? [];
}
