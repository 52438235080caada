import { optional, type Rule } from "@oauth1/options";
import type { VerifyingMethod } from "../check-signature.js";
import { type RulesOf, requireOptionsOf } from "../require-options.js";
import { type VerifierOptions, verifierRules } from "../verifier-options.js";
import type { LtiMessageType } from "./launch.js";

/**
 * Options of `createLtiVerifier()` and `verifyLtiLaunch()`: those of `createVerifier()` that concern
 * launches.
 */
export interface LtiVerifierOptions<
  Caller = unknown,
  Type extends LtiMessageType = "basic-lti-launch-request",
> extends Omit<
    VerifierOptions<Caller>,
    "signatureMethods" | "token" | "requireBodyHash" | "allowInsecureTransport"
  > {
  /** The accepted signature methods. Default: HMAC-SHA1, which LTI 1.1 requires. */
  readonly signatureMethods?: readonly VerifyingMethod[] | undefined;
  /** The accepted values of `lti_message_type`. Default: `basic-lti-launch-request` alone. */
  readonly messageTypes?: readonly Type[] | undefined;
}

/**
 * Rejects invalid options.
 *
 * @throws VerifierError `ERR_VERIFIER_OPTION`
 */
export function requireLtiVerifierOptions<Caller, Type extends LtiMessageType>(
  of: string,
  options: LtiVerifierOptions<Caller, Type>,
): void {
  requireOptionsOf(of, options, RULES);
}

const { signatureMethods, token, requireBodyHash, allowInsecureTransport, ...shared } =
  verifierRules;

/**
 * The user's browser posts the launch. A signature that reveals the secret would give it to the
 * user, and without a nonce a launch could be replayed.
 */
const launchMethods: Rule = {
  mustBe: `${signatureMethods.mustBe}, and each must require a nonce and not reveal the secrets, because the user's browser reads the signature`,
  isValid: (value) =>
    signatureMethods.isValid(value) &&
    (value as readonly VerifyingMethod[]).every(
      ({ requiresNonce, revealsSecrets }) => requiresNonce && !revealsSecrets,
    ),
};

const MESSAGE_TYPES: readonly unknown[] = [
  "basic-lti-launch-request",
  "ContentItemSelectionRequest",
] satisfies LtiMessageType[];

const RULES: RulesOf<LtiVerifierOptions<unknown, LtiMessageType>> = {
  ...shared,
  signatureMethods: optional(launchMethods),
  messageTypes: optional({
    mustBe: `a list of ${MESSAGE_TYPES.join(" and ")}, of one or both`,
    isValid: (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((type) => MESSAGE_TYPES.includes(type)),
  }),
};
