/**
 * A verifier that tells trusted clients why their signatures are invalid, and the explanation of a
 * rejected request for the owner of its key.
 *
 * @module
 */

import type {
  RejectedRequest,
  RequestContext,
  VerifiableRequest,
  VerifiedRequest,
  Verifier,
} from "@oauth1/verifier";
import { answerWith, type DiagnosedRejection } from "./answer-with.js";
import { diagnoseRejected } from "./diagnose-rejected.js";
import { type DiagnosedOptions, requireDiagnosedArguments } from "./diagnosed-options.js";
import { prepareRate } from "./rate.js";

export type { DiagnosedRejection } from "./answer-with.js";
export type { DiagnosedOptions, DiagnoseRejectedOptions } from "./diagnosed-options.js";
export { explainRejected, type RejectionExplanation } from "./explain-rejected.js";

/** The result of a verifier, with the mistakes of a trusted client. */
export interface DiagnosedVerifier<Caller = unknown> extends Verifier<Caller> {
  /** Verifies one request, like the given verifier. */
  verify(
    this: void,
    request: VerifiableRequest,
    context?: RequestContext,
  ): Promise<VerifiedRequest<Caller> | DiagnosedRejection>;
}

/**
 * Wraps a verifier so that its response to a wrong signature says what the client does wrong, if
 * the client is trusted. For development, and for clients whose owner may ask you the same by mail.
 * Valid requests, other problems and other clients get what the given verifier answers.
 *
 * The explanation is the `oauth_problem_advice` of the challenge and of the body, whatever the
 * verifier's `problemReporting` is. `advice` and `mistakes` of the result are for logs: they consist
 * of the words of the catalogue, and contain nothing of what was received. Neither contains a
 * secret.
 *
 * @param verifier - The result of `createVerifier()`.
 * @param options - Who is trusted, and where the secrets are.
 * @returns A verifier to use instead of the given one, for example with `expressVerifier`. If
 * `isTrusted` or the credential store fails, it responds like the given verifier, with the error as
 * `cause`.
 * @throws DiagnosisError `ERR_DIAGNOSIS_OPTION` if an argument is missing, misspelled or of the wrong
 * type.
 * @see OAuth Problem Reporting
 *
 * @example
 * ```ts
 * import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
 * import { createVerifier } from "@oauth1/verifier";
 *
 * const credentials = {
 *   find: (identifier: string) => ({
 *     client: { identifier, sharedSecrets: ["kd94hf93k423kf44"] },
 *   }),
 * };
 * const verifier = diagnosed(
 *   createVerifier({
 *     credentials,
 *     nonces: { spend: () => "fresh" },
 *     signatureMethods: [hmacSha1],
 *     clock: () => 137131200,
 *   }),
 *   { credentials, isTrusted: (client) => client === "dpf43f3p2l4k3l03" },
 * );
 *
 * // The first request of RFC 5849 §1.2, sent with GET.
 * const rejected = await verifier.verify({
 *   method: "GET",
 *   url: "https://photos.example.net/initiate",
 *   headers: {
 *     Authorization:
 *       'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", ' +
 *       'oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131200", oauth_nonce="wIjqoS", ' +
 *       'oauth_callback="http%3A%2F%2Fprinter.example.com%2Fready", ' +
 *       'oauth_signature="74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D"',
 *   },
 * });
 * rejected.verified || rejected.mistakes; // ["MethodOverridden"]
 * ```
 */
export function diagnosed<Caller>(
  verifier: Verifier<Caller>,
  options: DiagnosedOptions,
): DiagnosedVerifier<Caller> {
  requireDiagnosedArguments(verifier, options);
  const isWithinRate = prepareRate(options.perMinute ?? 60);

  async function explained(
    rejected: RejectedRequest,
    request: VerifiableRequest,
    context: RequestContext | undefined,
  ): Promise<DiagnosedRejection> {
    const { client } = rejected;
    if (client === undefined) return rejected;
    try {
      // Only `true` itself is trust.
      if ((await options.isTrusted(client, request)) !== true) return rejected;
      if (!isWithinRate()) return rejected;
      const received = await verifier.receive(request, context);
      if (received === undefined) return rejected;
      const explanation = await diagnoseRejected(received, client, options);
      return explanation === undefined ? rejected : answerWith(rejected, explanation);
    } catch (cause) {
      return { ...rejected, cause };
    }
  }

  return {
    counts: verifier.counts,
    receive: verifier.receive,
    async verify(request, context) {
      const verification = await verifier.verify(request, context);
      // Other problems explain themselves, and this one is of enabled credentials only.
      return verification.verified || verification.problem !== "signature_invalid"
        ? verification
        : explained(verification, request, context);
    },
  };
}
