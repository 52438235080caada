import type { Topic } from "./topics.js";

/**
 * What came of a vector or a law. `error` is an implementation that gave no answer at all: it
 * crashed, took too long, or broke the protocol.
 */
export type Outcome = "passed" | "failed" | "unsupported" | "error";

/** One vector or one law over one implementation. Plain JSON data. */
export interface Result {
  readonly kind: "vector" | "law";
  readonly topic: Topic;
  readonly id: string;
  readonly section: string;
  readonly outcome: Outcome;
  /** Why the vector exists, or what the law says. */
  readonly comment: string;
  /** The mistakes that a failure of this vector reveals. */
  readonly flags?: readonly string[];
  /** What went in: of a law, its smallest counterexample. Only where it did not pass. */
  readonly input?: unknown;
  readonly expected?: unknown;
  readonly received?: unknown;
  /** Cases that the law was tried with. */
  readonly cases?: number;
  /** Of a law's counterexample, for fast-check. */
  readonly seed?: number;
  readonly path?: string;
}

/** All results of one implementation. */
export interface ImplementationReport {
  readonly name: string;
  readonly version: string;
  readonly language: string;
  /** Random cases for each law. */
  readonly cases: number;
  readonly results: readonly Result[];
}

/** All results of a run. */
export interface Report {
  /** The seed of the random cases: the same seed gives the same cases. */
  readonly seed: number;
  readonly implementations: readonly ImplementationReport[];
}

/** Whether anything in the report failed, or gave no answer. */
export function hasFailed(report: Report): boolean {
  return report.implementations.some(({ results }) =>
    results.some(({ outcome }) => outcome === "failed" || outcome === "error"),
  );
}
