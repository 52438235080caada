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
 * What came of a vector or a property. `error` is an implementation that gave no answer at all: it
 * crashed, took too long, or broke the protocol.
 */
export type Outcome = "passed" | "failed" | "unsupported" | "error";

/**
 * What the outcome means beside what is expected. Without expectations it is the outcome. A listed
 * failure or error is an `expected-failure`, a pass of what always fails an `unexpected-pass`.
 */
export type Verdict = Outcome | "expected-failure" | "unexpected-pass";

/** One vector or one property over one implementation. Plain JSON data. */
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
  /** Why the vector exists, or what the property says. */
  readonly comment: string;
  /** The mistakes that a failure of this vector reveals. */
  readonly flags?: readonly string[];
  /** What went in: of a property, its smallest counterexample. Only where it did not pass. */
  readonly input?: unknown;
  readonly expected?: unknown;
  readonly received?: unknown;
  /** The answer itself, where `received` is what is compared of it. */
  readonly answer?: unknown;
  /** Why it failed, where that can be told. */
  readonly explanation?: Explanation;
  /** Cases that the property was tried with. */
  readonly cases?: number;
  /** Of a property's counterexample, for fast-check. */
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
  /** Where the library's maintainers were told of it. */
  readonly upstream?: string;
}

/** Why a vector or a property failed. */
export interface Explanation {
  /** What the specification says, and the first causes. */
  readonly text: string;
  /**
   * Causes that explain the failure together, best first. Several lists are several names for what
   * comes to the same here. Empty where nothing known explains it.
   */
  readonly causes: readonly (readonly Cause[])[];
  /** Signature base strings, or the same element of both, and where they begin to differ. */
  readonly baseStrings?: {
    readonly expected: string;
    readonly received: string;
    /** Of the first UTF-16 code unit that differs. */
    readonly index: number;
  };
}

/** Why something failed, in the same words wherever it is the reason. */
export interface Cause {
  /** The name of a mistake: of the catalogue of `@oauth1/diagnosis`, or a flag of the vectors. */
  readonly mistake?: string;
  /** The section whose rule is broken, in full, where it is a rule of a specification. */
  readonly section?: string;
  /** One sentence. */
  readonly text: string;
}

/** All results of one implementation. */
export interface ImplementationReport {
  /** Of one version of a library: `oauth-1.0a`, or `oauth-1.0a@1.0.1` for another than the usual one. */
  readonly name: string;
  /** The library's name, which its versions have in common: that of the manifest. */
  readonly library?: string;
  /** As the implementation tells it; null where it did not start. */
  readonly version: string | null;
  /** Day or month of the version's release, ISO 8601. */
  readonly released?: string;
  /** Where that date is from. */
  readonly dateSource?: string;
  /**
   * The newest version of the library, where it was not tested since it cannot be had here: beside the
   * newest version that was.
   */
  readonly newer?: NewerVersion;
  /** The version that its expectations were recorded with, where that is another one. */
  readonly expectedVersion?: string;
  readonly language: string;
  readonly kinds: readonly Kind[];
  /** Who packaged the version that was tested, where that was not its author. */
  readonly packagedBy?: string;
  readonly homepage?: string;
  readonly license?: string;
  readonly notes?: string;
  /** `missing`: it is not installed, and could not be run. */
  readonly status: "ran" | "missing";
  /** Why it is missing. */
  readonly missing?: string;
  /** Why it was not asked, or not asked any further. */
  readonly givenUp?: string;
  /** How long it took. */
  readonly seconds: number;
  /** Random cases for each property. */
  readonly cases: number;
  readonly results: readonly Result[];
}

/** All results of a run. */
export interface Report {
  /** The vectors that were run: how many there are of the topics, and the version of the set. */
  readonly vectorSet: { readonly version: string; readonly vectors: number };
  /** The version that is judged by, where one was chosen, and how much is newer than it. */
  readonly requirements?: { readonly version: string; readonly notScored: number };
  /** When the run began, ISO 8601. */
  readonly date: string;
  /** The seed of the random cases: the same seed gives the same cases. */
  readonly seed: number;
  readonly implementations: readonly ImplementationReport[];
}

/** What counts as a failure. */
export interface FailureOptions {
  /** Whether an implementation that is missing is one. */
  readonly requireAll?: boolean | undefined;
}

const resultKind = openRecord("a result", { id: text, outcome: text, verdict: text });

/** What runConformance() and runCandidates() give. */
export const reportKind: Shape = openRecord("a report", {
  implementations: listOf(
    openRecord("an implementation's report", { name: text, results: listOf(resultKind) }),
  ),
});

/**
 * Whether anything unexpected happened: a failure, an error or a pass that is not as expected, or an
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

/** Whether a result is a failure, an error or a pass that is not as expected. */
export function isUnexpected(result: Result): boolean {
  checkArgument("isUnexpected", "result", result, resultKind);
  const { verdict } = result;
  return verdict === "failed" || verdict === "error" || verdict === "unexpected-pass";
}
