/** A keyword of RFC 2119 for the requirement level of a statement. */
export type Keyword =
  | "MUST"
  | "MUST NOT"
  | "REQUIRED"
  | "SHALL"
  | "SHOULD"
  | "RECOMMENDED"
  | "MAY"
  | "OPTIONAL";

/** A section of RFC 5849. */
export interface Section {
  readonly number: string;
  readonly title: string;
  /** Every keyword of the section's text, in order, without those of its subsections. */
  readonly keywords: readonly Keyword[];
  /** In the order of the text. */
  readonly statements: readonly Statement[];
}

/** The parts of the suite that test a statement. */
export interface Tests {
  /** Ids of a few vectors. */
  readonly vectors?: readonly string[];
  /** Flags of vectors. All vectors with one of them count, and all mutants. */
  readonly flags?: readonly string[];
  /** Ids of properties. */
  readonly properties?: readonly string[];
  /** Ids of the probes of a server. */
  readonly probes?: readonly string[];
  /** Names of mutants without a flag. */
  readonly mutants?: readonly string[];
}

/** A normative statement, in our own words. */
export interface Statement {
  /** The number of the section, a hyphen, a number. */
  readonly id: string;
  readonly text: string;
  /** The keywords that it restates, in the order of the text. Empty for a definition. */
  readonly keywords: readonly Keyword[];
  /** What tests it, or the reason why the suite cannot. */
  readonly tested: Tests | string;
}
