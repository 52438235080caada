/**
 * Why a signature is invalid: the rules of RFC 5849 for a signed request, the known mistakes of
 * signers, and the search that proves which of them made a signature.
 *
 * @module
 */

export type { ReceivedRequest } from "@oauth1/verifier";
export {
  type BaseStringComparison,
  type BaseStringDifference,
  compareBaseStrings,
} from "./compare-base-strings.js";
export { diagnose } from "./diagnose.js";
export { diagnoseSignature, type SignatureOfBaseString } from "./diagnose-signature.js";
export type { Cause, Claim, Diagnosis, SearchExtent } from "./diagnosis.js";
export { DiagnosisError, type DiagnosisErrorCode } from "./diagnosis-error.js";
export type { DiagnosisOptions } from "./diagnosis-options.js";
export { type Mistake, type MistakeName, mistakes } from "./mistakes.js";
export type { Finding, RuleName } from "./rules.js";
export type { Secrets } from "./secrets.js";
