import type {
  BaseStringComparison,
  Finding as DiagnosisFinding,
  MistakeName,
  RuleName,
} from "@oauth1/diagnosis";

/** The result of one rule. */
export interface Finding extends Omit<DiagnosisFinding, "rule"> {
  /** A rule of `@oauth1/diagnosis`, or one that depends on what the server knows. */
  readonly rule: RuleName | "client" | "token" | "client-key" | "nonce-unused";
}

/** Mistakes that together produce the received signature. */
export interface FoundCause {
  readonly mistakes: readonly MistakeName[];
  /** The section of RFC 5849 that the first mistake breaks. */
  readonly section: string;
  /** What the client did, and the smallest change that corrects it. */
  readonly text: string;
}

/** What the client signed, if a cause explains it. */
export interface SignedText {
  readonly baseString: string;
  /** The key, with names in place of the secrets. RSA has none. */
  readonly maskedKey?: string;
  /** The comparison of this base string with the right one. */
  readonly comparison: BaseStringComparison;
}

/** The result of a request. Plain JSON data, without a secret. */
export interface CheckedRequest {
  readonly method: string;
  /** The URL as it was received, without the value of `oauth_signature`. */
  readonly url: string;
  readonly valid: boolean;
  /** By RFC 5849 §3.2: 400 for a malformed request, 401 for one that is not authenticated. */
  readonly status: 200 | 400 | 401;
  /** The answer in a few sentences. */
  readonly summary: string;
  /** The result of each rule. The rules that the request breaks come first. */
  readonly findings: readonly Finding[];
  /** The causes of a wrong signature, best first. Several causes are alternatives. */
  readonly causes: readonly FoundCause[];
  /** The right base string, if the request has one and is signed. */
  readonly baseString?: string;
  /** The right key, with names in place of the secrets. */
  readonly maskedKey?: string;
  readonly signed?: SignedText;
}
