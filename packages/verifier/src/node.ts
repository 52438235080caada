/**
 * The verifier for listeners of `node:http`.
 *
 * @module
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Verifier } from "./create-verifier.js";
import { requireVerifier, wrongOption } from "./require-options.js";
import { respond } from "./respond-node.js";
import type { VerifiedRequest } from "./verification.js";
import { recallVerified, rememberVerified } from "./verified-requests.js";

/** A listener of `node:http` that receives the caller. */
export type VerifiedListener<Caller> = (
  request: IncomingMessage,
  response: ServerResponse,
  verified: VerifiedRequest<Caller>,
) => unknown;

/**
 * Wraps a listener of `node:http` or `node:https`. The listener is called for verified requests
 * only, and can still read the body, even of a form. All other requests are responded to here.
 *
 * @param verifier - The result of `createVerifier()`.
 * @param listener - Responds to verified requests. If it throws or rejects before a response has
 * begun, the response is 500.
 * @returns A listener for `createServer`.
 *
 * @example
 * ```ts
 * import { createServer } from "node:http";
 * import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
 *
 * const verifier = createVerifier({
 *   credentials: { find: () => ({ client: undefined }) },
 *   nonces: { spend: () => "fresh" },
 *   signatureMethods: [hmacSha1],
 *   realm: "Photos",
 * });
 * const server = createServer(
 *   nodeVerifier(verifier, (_request, response, { client }) => {
 *     response.end(`Hello, ${client.identifier}`);
 *   }),
 * );
 * await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
 * const { port } = server.address() as { port: number };
 * const response = await fetch(`http://127.0.0.1:${port}/`);
 * response.status; // 401
 * server.close();
 * ```
 */
export function nodeVerifier<Caller>(
  verifier: Pick<Verifier<Caller>, "verify">,
  listener: VerifiedListener<Caller>,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  requireVerifier("nodeVerifier", verifier);
  if (typeof listener !== "function") {
    throw wrongOption("nodeVerifier", "listener", "must be a function");
  }
  return async (request, response) => {
    try {
      const verification = await verifier.verify(request);
      if (!verification.verified) return respond(response, verification);
      rememberVerified(request, verification);
      await listener(request, response, verification);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  };
}

/**
 * Returns the caller and what was verified, where only the request is available.
 *
 * @typeParam Caller - The type of `caller` in the verifier's credential store.
 * @param request - A request that {@link nodeVerifier} passed to its listener.
 * @throws `VerifierError` `ERR_NOT_VERIFIED` if the request was not verified: wrap the listener.
 *
 * @example
 * ```ts
 * interface Account {
 *   id: number;
 * }
 * // createServer(nodeVerifier(verifier, (request, response) => response.end(`${accountOf(request)}`)));
 * const accountOf = (request: Parameters<typeof verifiedRequest>[0]) =>
 *   verifiedRequest<Account>(request).caller?.id;
 * accountOf.length; // 1
 * ```
 */
export function verifiedRequest<Caller>(request: IncomingMessage): VerifiedRequest<Caller> {
  return recallVerified(request, "wrap the listener with nodeVerifier");
}
