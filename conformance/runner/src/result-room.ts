import type { Result } from "./report.js";

/**
 * The maximum number of JSON characters of a run's results, so that a report with several
 * layers of escaping stays below the longest string of V8 (2^29 - 24).
 */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/** The maximum for one implementation. The results of our adapters need less than a tenth. */
const MOST_OF_ONE = 8 * 1024 * 1024;

/** Replaces the values of a result when the space for results is used up. */
const LEFT_OUT = "… [cut: the results of this implementation are too long]";

/**
 * Bounds the size of an implementation's results. When they are too long, the values of each
 * further failure are cut, but the failure itself is kept.
 *
 * @param implementations - The number of implementations that are run.
 */
export function resultRoom(implementations: number): (result: Result) => Result {
  let left = Math.min(MOST_OF_ONE, Math.floor(MOST_CHARACTERS / implementations));
  return (result) => {
    if (result.outcome === "passed" || result.outcome === "unsupported") return result;
    left -= JSON.stringify(result, undefined, 2).length;
    if (left >= 0) return result;
    const {
      input: _input,
      expected: _expected,
      answer: _answer,
      explanation: _explanation,
      ...rest
    } = result;
    return { ...rest, received: LEFT_OUT };
  };
}
