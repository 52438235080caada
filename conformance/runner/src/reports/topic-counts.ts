import { type Level, type Topic, topics } from "@oauth1/properties";
import type { Result } from "../report.js";

/** The results of an implementation in a topic, or in all topics. */
export interface Counts {
  readonly passed: number;
  /** Failures and errors, expected or not. */
  readonly failed: number;
  readonly unsupported: number;
}

/** The same at each level. */
export function levelCounts(results: readonly Result[]): Readonly<Record<Level, Counts>> {
  const of = (level: Level) => counts(results.filter((result) => result.level === level));
  return {
    required: of("required"),
    robustness: of("robustness"),
    interoperability: of("interoperability"),
  };
}

/** Counts vectors and properties. */
export function counts(results: readonly Result[]): Counts {
  const count = (...outcomes: Result["outcome"][]) =>
    results.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    passed: count("passed"),
    failed: count("failed", "error"),
    unsupported: count("unsupported"),
  };
}

/** The topics with an answer in any of the results, in the order of the steps. */
export function answeredTopics(results: readonly Result[]): Topic[] {
  const answered = new Set(
    results.filter(({ outcome }) => outcome !== "unsupported").map(({ topic }) => topic),
  );
  return topics.filter((topic) => answered.has(topic));
}
