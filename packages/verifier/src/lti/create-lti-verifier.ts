import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { createVerifierOf, type Verifier } from "../create-verifier.js";
import { hiddenField } from "../hidden-field.js";
import type { RequestContext, VerifiableRequest } from "../received-request.js";
import type { RejectedRequest, VerifiedRequest } from "../verification.js";
import { VerifierError } from "../verifier-error.js";
import type { LtiMessageType, VerifiedLaunch } from "./launch.js";
import { type LtiVerifierOptions, requireLtiVerifierOptions } from "./lti-verifier-options.js";
import { readLaunch } from "./read-launch.js";

/** A verified request with its launch. */
export interface LtiVerifiedRequest<
  Caller = unknown,
  Type extends LtiMessageType = "basic-lti-launch-request",
> extends VerifiedRequest<Caller> {
  /** What the launch says. */
  readonly launch: VerifiedLaunch<Caller, Type>;
}

/** The result of verifying a launch. */
export type LtiVerification<
  Caller = unknown,
  Type extends LtiMessageType = "basic-lti-launch-request",
> = LtiVerifiedRequest<Caller, Type> | RejectedRequest;

/** Verifies launches. The adapters of the frameworks take it in place of another verifier. */
export interface LtiVerifier<
  Caller = unknown,
  Type extends LtiMessageType = "basic-lti-launch-request",
> extends Verifier<Caller> {
  /**
   * Verifies one launch.
   *
   * @param request - A web `Request`, an `IncomingMessage`, or plain data.
   * @param context - Facts that a `Request` and plain data do not contain.
   * @returns The launch, or the response to send. The promise never rejects because of what a
   * caller sent.
   * @throws VerifierError `ERR_BODY_READ` if something else has already read the body.
   */
  verify(
    this: void,
    request: VerifiableRequest,
    context?: RequestContext,
  ): Promise<LtiVerification<Caller, Type>>;
  /**
   * Returns the launch of a request that this verifier accepted in an adapter.
   *
   * @param verified - What the adapter gives the handler, for example `response.locals.oauth1`.
   * @throws VerifierError `ERR_NOT_VERIFIED` if another verifier accepted the request.
   */
  launchOf(this: void, verified: VerifiedRequest): VerifiedLaunch<Caller, Type>;
}

/**
 * Creates a verifier of LTI 1.1 launches. Besides what every verifier checks, a launch must be a
 * form that is sent by POST, with the protocol parameters in the form and without a token. It must
 * have an accepted `lti_message_type`, the `lti_version` `LTI-1p0`, and the parameters that the
 * message requires: a basic launch has a `resource_link_id`. These checks follow the signature, and
 * precede the nonce. Their problems are `request_rejected`, `parameter_absent` and
 * `parameter_rejected`.
 *
 * @param options - Stores, accepted messages and limits.
 * @throws VerifierError if an option is missing, misspelled or of the wrong type.
 * @throws AuthorizationHeaderError `ERR_REALM` if a header cannot contain the realm.
 * @see RFC 5849 §3.2, §3.5.2, and the LTI 1.1 Implementation Guide
 *
 * @example
 * ```ts
 * import express from "express";
 *
 * const verifier = createLtiVerifier({
 *   credentials: {
 *     find: (identifier) =>
 *       identifier === "12345"
 *         ? { client: { identifier, sharedSecrets: ["secret"] }, caller: { school: 7 } }
 *         : { client: undefined },
 *   },
 *   nonces: memoryNonceStore(),
 * });
 * const app = express();
 * app.post("/launch", expressVerifier(verifier), (_request, response) => {
 *   const { consumer, resourceLink, user } = verifier.launchOf(response.locals.oauth1);
 *   response.json([consumer.caller?.school, resourceLink.id, user.id]);
 * });
 * const server = app.listen(0, "127.0.0.1");
 * await new Promise((resolve) => server.once("listening", resolve));
 * const { port } = server.address() as { port: number };
 * const response = await fetch(`http://127.0.0.1:${port}/launch`, { method: "POST" });
 * response.status; // 401
 * server.close();
 * ```
 */
export function createLtiVerifier<
  Caller = unknown,
  Type extends LtiMessageType = "basic-lti-launch-request",
>(options: LtiVerifierOptions<Caller, Type>): LtiVerifier<Caller, Type> {
  requireLtiVerifierOptions("createLtiVerifier", options);
  return ltiVerifierOf(options);
}

/**
 * Verifies one LTI 1.1 launch, for a server with a single launch URL. The same checks as
 * {@link createLtiVerifier}, which also counts, and which the adapters of the frameworks take.
 *
 * @param request - A web `Request`, an `IncomingMessage`, or plain data.
 * @param options - Stores, accepted messages and limits. Create the nonce store once, not for each
 * launch: it rejects replays by what it remembers.
 * @param context - Facts that a `Request` and plain data do not contain.
 * @returns The launch, or the response to send. The promise never rejects because of what a caller
 * sent.
 * @throws VerifierError if an option is missing, misspelled or of the wrong type, or
 * `ERR_BODY_READ` if something else has already read the body.
 * @see RFC 5849 §3.2, §3.5.2, and the LTI 1.1 Implementation Guide
 *
 * @example
 * ```ts
 * const options = {
 *   credentials: {
 *     find: (identifier: string) =>
 *       identifier === "12345"
 *         ? { client: { identifier, sharedSecrets: ["secret"] } }
 *         : { client: undefined },
 *   },
 *   nonces: memoryNonceStore(),
 * };
 *
 * async function launch(request: Request): Promise<Response> {
 *   const verification = await verifyLtiLaunch(request, options);
 *   if (!verification.verified) return new Response(verification.body, verification);
 *   const { user, resourceLink } = verification.launch;
 *   return new Response(`${user.fullName} opened ${resourceLink.title}`);
 * }
 * const response = await launch(
 *   new Request("https://tool.example.com/launch", {
 *     method: "POST",
 *     body: new URLSearchParams({ lti_message_type: "basic-lti-launch-request" }),
 *   }),
 * );
 * [response.status, await response.text()]; // [401, "oauth_problem=parameter_absent"]
 * ```
 */
export async function verifyLtiLaunch<
  Caller = unknown,
  Type extends LtiMessageType = "basic-lti-launch-request",
>(
  request: VerifiableRequest,
  options: LtiVerifierOptions<Caller, Type>,
  context?: RequestContext,
): Promise<LtiVerification<Caller, Type>> {
  requireLtiVerifierOptions("verifyLtiLaunch", options);
  return ltiVerifierOf(options).verify(request, context);
}

function ltiVerifierOf<Caller, Type extends LtiMessageType>(
  options: LtiVerifierOptions<Caller, Type>,
): LtiVerifier<Caller, Type> {
  const { messageTypes = ["basic-lti-launch-request"], ...others } = options;
  const { signatureMethods = [hmacSha1] } = others;
  const launches = hiddenField<VerifiedLaunch<Caller, Type>>();
  const verifier = createVerifierOf<Caller, LtiVerifiedRequest<Caller, Type>>(
    { ...others, signatureMethods },
    (method, verified) => {
      // One of `messageTypes`, whose items are of this type.
      const launch = readLaunch(method, verified, messageTypes) as VerifiedLaunch<Caller, Type>;
      const accepted = { ...verified, launch };
      launches.set(accepted, launch);
      return accepted;
    },
  );
  return {
    ...verifier,
    launchOf(verified) {
      const launch = launches.get(verified);
      if (launch !== undefined) return launch;
      throw new VerifierError(
        "ERR_NOT_VERIFIED",
        "launchOf() must receive a request that this verifier accepted: pass the same verifier to the adapter",
      );
    },
  };
}
