import type { Result } from "./report.js";

/**
 * Characters of JSON that the results of a run may have: a report of several forms of escaping stays
 * below the longest string of V8 (2^29 - 24).
 */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/** The most of it for one implementation. The results of our adapters have less than a tenth. */
const MOST_OF_ONE = 8 * 1024 * 1024;

/** Replaces the values of a result once the room for results is used up. */
const LEFT_OUT = "… [cut: the results of this implementation are too long]";

/**
 * Keeps the results of an implementation in bounds: once they are too long, the values of each
 * further failure are cut; that it failed is never lost.
 *
 * @param implementations - How many are run.
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
