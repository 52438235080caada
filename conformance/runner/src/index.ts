/**
 * Tests implementations of OAuth 1.0 against RFC 5849: vectors, properties and reports.
 *
 * @module
 */

export {
  type Awaitable,
  type BaseStringInput,
  type BodyHashInput,
  type ClientCredentials,
  type CollectionRequest,
  type Credentials,
  type DiagnoseInput,
  type DiagnoseOutput,
  type HeaderContents,
  type Implementation,
  type Parameter,
  ProtocolError,
  type ProtocolErrorCode,
  type ProvenCause,
  type ReceivedRequest,
  type SignatureInput,
  type SignInput,
  type SignOutput,
  type Step,
  type Topic,
  type TopicInputs,
  type TopicResults,
  topics,
  Unsupported,
  type VerificationInput,
  type VerificationKey,
  type VerifyOutput,
} from "@oauth1/properties";
export {
  type Candidate,
  commandCandidate,
  discoverCandidates,
  type OpenOptions,
  ownCandidates,
} from "./candidate.js";
export { OptionError } from "./check-options.js";
export { type CommandOptions, commandImplementation } from "./command-implementation.js";
export {
  type Deviation,
  draftExpectations,
  type Expectations,
  readExpectations,
} from "./expectations.js";
export type { Fault } from "./fault.js";
export { type FormatOptions, formatReport } from "./format-report.js";
export { discoverManifests, type FoundManifest, type Kind, type Manifest } from "./manifest.js";
export { oauth1Implementation } from "./own/oauth1/oauth1-implementation.js";
export { vendoredEncoderImplementation } from "./own/vendored-encoder/vendored-encoder-implementation.js";
export type { ProbeLimits, ProbeTarget } from "./probe/probe.js";
export {
  hasFailedProbe,
  type ProbeReport,
  type ProbeResult,
  runProbes,
} from "./probe/run-probes.js";
export {
  type Expectation,
  type Explanation,
  type FailureOptions,
  hasFailed,
  type ImplementationReport,
  isUnexpected,
  type Outcome,
  type Report,
  type Result,
  type Verdict,
} from "./report.js";
export { type ReportWriter, reportWriters } from "./reports/index.js";
export {
  type CandidateRunOptions,
  type Progress,
  type RunOptions,
  runCandidates,
  runConformance,
} from "./run.js";
export { type PropertyOptions, runProperties } from "./run-properties.js";
export { runVectors } from "./run-vectors.js";
export type {
  CheckedRequest,
  Finding,
  FoundCause,
  SignedText,
} from "./serve/checked-request.js";
export { formatCheck } from "./serve/format-check.js";
export {
  type ChecksServer,
  type ServeChecksOptions,
  serveChecks,
} from "./serve/serve-checks.js";
export type { TestCredentials } from "./serve/test-credentials.js";
export { type ServeStreams, serveImplementation } from "./serve-implementation.js";
export { UsageError, type UsageErrorCode } from "./usage-error.js";
export { loadVectors, type Position, type Vector, type VectorFile } from "./vectors.js";
export type { DebianRelease, NewerVersion, TestedVersion } from "./versions.js";
