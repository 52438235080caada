// Stands in for fast-check in the tests that run against mutants. Thousands of random inputs for
// each of thousands of mutants would take days, and a wrong result is nearly always among the first.
import * as fastCheck from "fast-check/original";

export * from "fast-check/original";

const MOST_RUNS = 200;

export function assert(property, parameters = {}) {
  const { numRuns = 100 } = parameters;
  return fastCheck.assert(property, { ...parameters, numRuns: Math.min(numRuns, MOST_RUNS) });
}

export default { ...fastCheck, assert };
