/**
 * Properties of RFC 5849 §3 for fast-check, their arbitraries, and the interface of an
 * implementation under test.
 *
 * @module
 */

/** The arbitraries of the properties: parameters, URLs, credentials, complete requests. */
export * as arbitraries from "./arbitraries/index.js";
export type { Asked, Failure } from "./failure.js";
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
  type ProvenCause,
  type ReceivedRequest,
  type SignatureInput,
  type SignInput,
  type SignOutput,
  type Step,
  Unsupported,
  type VerificationInput,
  type VerificationKey,
  type VerifyOutput,
} from "./implementation.js";
export { properties } from "./properties/index.js";
export { type Property, PropertyViolation } from "./property.js";
export { hasGivenUp, ProtocolError, type ProtocolErrorCode } from "./protocol-error.js";
export { hasStep, stepOf } from "./step.js";
export {
  chosenTopics,
  type Level,
  levels,
  type Topic,
  type TopicInputs,
  type TopicResults,
  topics,
} from "./topics.js";
