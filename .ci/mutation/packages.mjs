// The packages that `npm run test:mutation` mutates, in the order of the table, and the tests that
// run against each mutant.
import { statSync } from "node:fs";
import { join } from "node:path";
import { root } from "../published.mjs";
import { quickTests } from "../quick-tests.mjs";

/**
 * For each package, those of its quick tests that do not run: files, and titles of tests
 * or of the groups that they are in; other files that do; and the sources that are mutated, if these
 * are not all. The comments say why.
 */
const TESTS = {
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
  "auth-header": {
    // Headers of a megabyte.
    tests: ["hostile input"],
  },
  "base-string": {
    // It measures time.
    files: ["growth.test.ts"],
  },
  "signature-methods": {
    // They start openssl only to write the keys.
    also: ["key-forms.test.ts", "key-error.test.ts", "truncated-key.test.ts"],
  },
  signer: {},
  "captured-request": {
    // They run curl, bash and fetch on this machine, which are right about what they send.
    also: ["shells.test.ts", "fetch.test.ts", "hostile.test.ts", "curl.test.ts", "bash.test.ts"],
    tests: [
      // They start a process for each text of megabytes, and for each of many random commands.
      "a text of 2,000,000 characters",
      "readCurlCommand with random commands",
      // It counts the readable ones of thousands of texts.
      "is read, or rejected with a position in it",
    ],
  },
  diagnosis: {
    // A mutant of the search for mistakes can take another way, and find the same.
    sources: ["src/rules.ts"],
    // It bundles the build, where no mutant is active.
    files: ["browser.test.ts"],
    // Megabytes. They measure the time of the processor.
    tests: ["hostile requests"],
  },
};

export const packageNames = Object.keys(TESTS);

/**
 * The paths from the root of the tests that run against the mutants of a package. The smallest file
 * comes first, so that a quick test kills most mutants.
 */
export function testsOf(name) {
  const folder = `packages/${name}/test/`;
  const { files = [], also = [] } = TESTS[name];
  const excluded = files.map((file) => folder + file);
  return [
    ...quickTests()
      .filter((file) => file.startsWith(folder) && !excluded.includes(file))
      .sort((one, other) => sizeOf(one) - sizeOf(other)),
    ...also.map((file) => folder + file),
  ];
}

function sizeOf(file) {
  return statSync(join(root, file)).size;
}

/** The paths of the mutated files from the folder of the package. */
export function sourcesOf(name) {
  return TESTS[name].sources ?? ["src/**/*.ts"];
}

/** The titles of tests that do not run against the mutants of a package. */
export function skippedTestsOf(name) {
  return TESTS[name].tests ?? [];
}
