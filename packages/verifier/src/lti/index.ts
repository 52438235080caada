/**
 * Verifies LTI 1.1 launches, and returns their data in typed fields.
 *
 * @module
 */

export {
  createLtiVerifier,
  type LtiVerification,
  type LtiVerifiedRequest,
  type LtiVerifier,
  verifyLtiLaunch,
} from "./create-lti-verifier.js";
export type {
  BasicLaunch,
  ContentItemSelectionRequest,
  LtiConsumer,
  LtiContentItemRequest,
  LtiContext,
  LtiMessage,
  LtiMessageType,
  LtiOutcome,
  LtiPresentation,
  LtiResourceLink,
  LtiUser,
  VerifiedLaunch,
} from "./launch.js";
export type { LtiVerifierOptions } from "./lti-verifier-options.js";
export type { LtiRole, LtiRoleScope } from "./roles.js";
