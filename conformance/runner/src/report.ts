import type { Level, Topic } from "@oauth1/properties";
import {
  checkArgument,
  flag,
  listOf,
  openRecord,
  optional,
  record,
  type Kind as Shape,
  text,
} from "./check-options.js";
import type { Fault } from "./fault.js";
import type { Kind } from "./manifest.js";
import type { NewerVersion } from "./versions.js";

/**
 * The outcome of a vector or a property. `error` means that the implementation gave no answer:
 * it crashed, took too long, or broke the protocol.
 */
export type Outcome = "passed" | "failed" | "unsupported" | "error";

/**
 * The meaning of the outcome relative to the expectations. Without expectations, it is the
 * outcome. A listed failure or error is an `expected-failure`, and a pass of what always fails
 * is an `unexpected-pass`.
 */
export type Verdict = Outcome | "expected-failure" | "unexpected-pass";

/** The result of one vector or one property for one implementation. Plain JSON data. */
export interface Result {
  readonly kind: "vector" | "property";
  readonly topic: Topic;
  readonly id: string;
  readonly level: Level;
  readonly section: string;
  readonly outcome: Outcome;
  readonly verdict: Verdict;
  /** The deviation that lists it. */
  readonly expectation?: Expectation;
  /** Why the vector exists, or the statement of the property. */
  readonly comment: string;
  /** The mistakes that a failure of this vector reveals. */
  readonly flags?: readonly string[];
  /** The input: of a property, its shrunk counterexample. Only if it did not pass. */
  readonly input?: unknown;
  readonly expected?: unknown;
  readonly received?: unknown;
  /** The answer itself, if `received` is only the compared part. */
  readonly answer?: unknown;
  /** Why it failed, if known. */
  readonly explanation?: Explanation;
  /** The number of cases with which the property was tried. */
  readonly cases?: number;
  /** The path of a property's counterexample, for fast-check. */
  readonly seed?: number;
  readonly path?: string;
}

/** The deviation that lists a result. */
export interface Expectation {
  /** Its name. */
  readonly deviation: string;
  /** The section whose rule is broken, in full. */
  readonly section: string;
  readonly cause: string;
  readonly fault: Fault;
  /** The address where it was reported to the library's maintainers. */
  readonly upstream?: string;
}

/** Why a vector or a property failed. */
export interface Explanation {
  /** A summary: what the specification says, and the first causes. */
  readonly text: string;
  /**
   * Causes that explain the failure together, best first. Several lists are alternatives with
   * the same effect. Empty if no known cause explains it.
   */
  readonly causes: readonly (readonly Cause[])[];
  /** Signature base strings, or the same element of both, and their first difference. */
  readonly baseStrings?: {
    readonly expected: string;
    readonly received: string;
    /** The index of the first UTF-16 code unit that differs. */
    readonly index: number;
  };
}

/** The cause of a failure, in the same words wherever it is the cause. */
export interface Cause {
  /** The name of a mistake from the catalogue of `@oauth1/diagnosis`, or a flag of the vectors. */
  readonly mistake?: string;
  /** The section whose rule is broken, in full, if it is a rule of a specification. */
  readonly section?: string;
  /** One sentence. */
  readonly text: string;
}

/** All results of one implementation. */
export interface ImplementationReport {
  /**
   * The name of one version of a library: `oauth-1.0a`, or `oauth-1.0a@1.0.1` for a version
   * other than the usual one.
   */
  readonly name: string;
  /** The library's name, which all its versions share: that of the manifest. */
  readonly library?: string;
  /** As reported by the implementation; null if it did not start. */
  readonly version: string | null;
  /** Day or month of the version's release, ISO 8601. */
  readonly released?: string;
  /** The source of that date. */
  readonly dateSource?: string;
  /**
   * The newest version of the library if it was not tested because it is not available here.
   * Only in the report of the newest tested version.
   */
  readonly newer?: NewerVersion;
  /** The version with which its expectations were recorded, if it differs. */
  readonly expectedVersion?: string;
  readonly language: string;
  readonly kinds: readonly Kind[];
  /** Who packaged the tested version, if not its author. */
  readonly packagedBy?: string;
  readonly homepage?: string;
  readonly license?: string;
  readonly notes?: string;
  /** `missing`: it is not installed, and could not be run. */
  readonly status: "ran" | "missing";
  /** Why it is missing. */
  readonly missing?: string;
  /** Why it was not asked, or why the run stopped asking it. */
  readonly givenUp?: string;
  /** The duration. */
  readonly seconds: number;
  /** Random cases for each property. */
  readonly cases: number;
  readonly results: readonly Result[];
}

/** All results of a run. */
export interface Report {
  /** The vectors that were run: their number in the topics, and the version of the set. */
  readonly vectorSet: { readonly version: string; readonly vectors: number };
  /** The version of the requirements, if one was chosen, and how many tests are newer. */
  readonly requirements?: { readonly version: string; readonly notScored: number };
  /** When the run began, ISO 8601. */
  readonly date: string;
  /** The seed of the random cases. The same seed gives the same cases. */
  readonly seed: number;
  readonly implementations: readonly ImplementationReport[];
}

/** Options for what counts as a failure. */
export interface FailureOptions {
  /** True if a missing implementation is a failure. */
  readonly requireAll?: boolean | undefined;
}

const resultKind = openRecord("a result", { id: text, outcome: text, verdict: text });

/** The kind of the reports of runConformance() and runCandidates(). */
export const reportKind: Shape = openRecord("a report", {
  implementations: listOf(
    openRecord("an implementation's report", { name: text, results: listOf(resultKind) }),
  ),
});

/**
 * Returns true if anything unexpected happened: an unexpected failure, error or pass, or an
 * implementation that was given up.
 *
 * @throws OptionError for an argument that is not a report, or an option that is misspelled or of the wrong
 * type.
 */
export function hasFailed(report: Report, options: FailureOptions = {}): boolean {
  checkArgument("hasFailed", "report", report, reportKind);
  checkArgument("hasFailed", "options", options, record({ requireAll: optional(flag) }));
  const { requireAll = false } = options;
  return report.implementations.some(
    ({ status, givenUp, results }) =>
      (requireAll && status === "missing") || givenUp !== undefined || results.some(isUnexpected),
  );
}

/** Returns true if a result is an unexpected failure, error or pass. */
export function isUnexpected(result: Result): boolean {
  checkArgument("isUnexpected", "result", result, resultKind);
  const { verdict } = result;
  return verdict === "failed" || verdict === "error" || verdict === "unexpected-pass";
}
