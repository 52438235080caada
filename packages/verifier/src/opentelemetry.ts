/**
 * OpenTelemetry spans for a verifier.
 *
 * @module
 */

import { SpanStatusCode, type Tracer, trace } from "@opentelemetry/api";
import type { Verifier } from "./create-verifier.js";
import { requireVerifier } from "./require-options.js";

/**
 * Wraps a verifier so that each verification is a span, `oauth1.verify`, with its result as
 * attributes: `oauth1.verified`, `oauth1.problem`, `oauth1.status`, `oauth1.client`,
 * `oauth1.signature_method` and `oauth1.transmission`. They contain no secret, signature or nonce.
 * The spans of the stores are children of this span.
 *
 * @param verifier - The result of `createVerifier()`.
 * @param tracer - Creates the spans. Default: the tracer with the name of this package.
 * @returns A verifier to use instead of the given one.
 *
 * @example
 * ```ts
 * import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
 *
 * const verifier = tracedVerifier(
 *   createVerifier({
 *     credentials: { find: () => ({ client: undefined }) },
 *     nonces: { spend: () => "fresh" },
 *     signatureMethods: [hmacSha1],
 *   }),
 * );
 * const { verified } = await verifier.verify({ method: "GET", url: "https://api.example.com/" });
 * verified; // false
 * ```
 */
export function tracedVerifier<Caller>(
  verifier: Verifier<Caller>,
  tracer: Tracer = trace.getTracer("@oauth1/verifier"),
): Verifier<Caller> {
  requireVerifier("tracedVerifier", verifier);
  return {
    counts: verifier.counts,
    receive: verifier.receive,
    verify: (request, context) =>
      tracer.startActiveSpan("oauth1.verify", async (span) => {
        try {
          const verification = await verifier.verify(request, context);
          span.setAttribute("oauth1.verified", verification.verified);
          if (verification.verified) {
            span.setAttributes({
              "oauth1.client": verification.client.identifier,
              "oauth1.signature_method": verification.signatureMethod,
              "oauth1.transmission": verification.transmission,
            });
          } else {
            const { problem, status, client, cause } = verification;
            span.setAttributes({ "oauth1.problem": problem, "oauth1.status": status });
            if (client !== undefined) span.setAttribute("oauth1.client", client);
            // A rejected request is not an error of the server, but an unavailable store is.
            if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR, message: problem });
            if (cause instanceof Error) span.recordException(cause);
          }
          return verification;
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          if (error instanceof Error) span.recordException(error);
          throw error;
        } finally {
          span.end();
        }
      }),
  };
}
