import type { Parameter } from "@oauth1/base-string";
import type { BaseStringComparison } from "./compare-base-strings.js";
import type { Mistake, MistakeName } from "./mistakes.js";
import type { Finding } from "./rules.js";
import type { Secrets } from "./secrets.js";

/** The result of a diagnosis: what is right, what is wrong, and why. Plain data. */
export interface Diagnosis {
  /** `true` if the request follows every rule and its signature is right. */
  readonly valid: boolean;
  /** The answer in one or two sentences. */
  readonly summary: string;
  /** The result of each rule, in the order in which a server checks them. */
  readonly findings: readonly Finding[];
  /**
   * The request's protocol parameters, decoded, wherever they are. `oauth_signature` is
   * omitted, because that of PLAINTEXT contains the secrets.
   */
  readonly protocolParameters: readonly Parameter[];
  /** The right base string, if the request has one. */
  readonly baseString: string | undefined;
  /**
   * The secrets with which the signature is checked. It is not checked if one of them is
   * `undefined`.
   */
  readonly neededSecrets: readonly (keyof Secrets)[];
  /**
   * The right key with names in place of the secrets, if the signature method has a key of
   * text.
   */
  readonly maskedKey: string | undefined;
  /**
   * The causes of a wrong signature, best first. Several causes are alternatives: they give the
   * same base string and key for this request. Empty if no known mistake explains the
   * signature.
   */
  readonly causes: readonly Cause[];
  /** How far the search for causes went, if there was a search. */
  readonly search: SearchExtent | undefined;
  /** The result for the base string that the client claims. */
  readonly claim: Claim | undefined;
}

/**
 * Mistakes that together produce the received signature. A cause is proven: the signature
 * verifies.
 */
export interface Cause {
  readonly mistakes: readonly MistakeName[];
  /** The section of the first mistake. */
  readonly section: string;
  /** What the client did, what it must do, and the smallest change. */
  readonly text: string;
  /** The same for each mistake. */
  readonly details: readonly (Mistake & { readonly name: MistakeName })[];
  /** The base string that the client signed. */
  readonly baseString: string;
  /** The key that the client used, with names in place of the secrets. */
  readonly maskedKey: string | undefined;
  /**
   * The key itself. It is not enumerable, so JSON and logs do not contain it. `undefined` for
   * RSA, which has no key of text.
   */
  readonly key: string | undefined;
  /** The comparison of the base string that the client signed with the right one. */
  readonly comparison: BaseStringComparison;
}

/** How far a search went. */
export interface SearchExtent {
  /** The number of different signatures that were compared with the received one. */
  readonly tried: number;
  /** `true` if every single mistake and every pair was tried. */
  readonly isComplete: boolean;
}

/** A base string that a client claims to have signed. */
export interface Claim {
  /** `true` if the received signature is that of the claimed base string. */
  readonly isSigned: boolean;
  /** The comparison of the claimed base string with the right one. */
  readonly comparison: BaseStringComparison;
  /** Mistakes that give exactly the claimed base string, best first. */
  readonly mistakes: readonly (readonly MistakeName[])[];
}
