import type { Parameter } from "@oauth1/base-string";
import type { BaseStringComparison } from "./compare-base-strings.js";
import type { Mistake, MistakeName } from "./mistakes.js";
import type { Finding } from "./rules.js";
import type { Secrets } from "./secrets.js";

/** What is right with a request, what is wrong, and why. Plain data. */
export interface Diagnosis {
  /** Whether every rule holds, and the signature is that of the request. */
  readonly valid: boolean;
  /** The answer in one or two sentences. */
  readonly summary: string;
  /** What came of each rule, in the order in which a server checks them. */
  readonly findings: readonly Finding[];
  /**
   * The protocol parameters that the request has, decoded, wherever they are. `oauth_signature` is
   * omitted: that of PLAINTEXT is the secrets.
   */
  readonly protocolParameters: readonly Parameter[];
  /** The right base string, where the request has one. */
  readonly baseString: string | undefined;
  /**
   * The secrets that the request's signature is checked with. It is not checked where one of them is
   * `undefined`.
   */
  readonly neededSecrets: readonly (keyof Secrets)[];
  /** The right key with names in place of the secrets, where the signature method has one. */
  readonly maskedKey: string | undefined;
  /**
   * What explains a wrong signature, best first. Several causes are names for the same thing: they
   * give the same base string and key on this request. Empty where no known mistake explains the
   * signature.
   */
  readonly causes: readonly Cause[];
  /** How far the search for causes went, where there was one. */
  readonly search: SearchExtent | undefined;
  /** What came of the base string that the client claims. */
  readonly claim: Claim | undefined;
}

/** Mistakes that together make the received signature. A cause is proven: the signature verifies. */
export interface Cause {
  readonly mistakes: readonly MistakeName[];
  /** The section of the first mistake. */
  readonly section: string;
  /** What the client did, what it must do, and the smallest change. */
  readonly text: string;
  /** The same of each mistake. */
  readonly details: readonly (Mistake & { readonly name: MistakeName })[];
  /** The base string that the client signed. */
  readonly baseString: string;
  /** The key that the client used, with names in place of the secrets. */
  readonly maskedKey: string | undefined;
  /**
   * The key itself. It is not enumerable, so that neither JSON nor a log shows it. `undefined` for
   * RSA, which has none.
   */
  readonly key: string | undefined;
  /** The base string that the client signed beside the right one. */
  readonly comparison: BaseStringComparison;
}

/** How far a search went. */
export interface SearchExtent {
  /** How many different signatures were compared with the received one. */
  readonly tried: number;
  /** Whether every single mistake and every pair was tried. */
  readonly isComplete: boolean;
}

/** A base string that a client claims to have signed. */
export interface Claim {
  /** Whether the received signature is that of the claimed base string. */
  readonly isSigned: boolean;
  /** The claimed base string beside the right one. */
  readonly comparison: BaseStringComparison;
  /** Mistakes that give exactly the claimed base string, best first. */
  readonly mistakes: readonly (readonly MistakeName[])[];
}
