/**
 * The verifier as middleware of Express 4 and 5.
 *
 * @module
 */

import { parse } from "node:querystring";
import { formText } from "@oauth1/base-string/entity-body";
import type { Request, RequestHandler } from "express";
import type { Verifier } from "./create-verifier.js";
import { requireFramework } from "./require-framework.js";
import { requireVerifier } from "./require-options.js";
import { respond } from "./respond-node.js";
import type { VerifiedRequest } from "./verification.js";
import { recallVerified, rememberVerified } from "./verified-requests.js";

/** What the middleware leaves in `response.locals`. */
export interface VerifiedLocals<Caller = unknown> {
  /** Who called, and what was verified. */
  oauth1: VerifiedRequest<Caller>;
}

/**
 * Middleware for Express 4 and 5: verified requests go on, with who called in `response.locals.oauth1`;
 * the others are answered here. The form that was verified is in `response.locals.oauth1.form` and, as
 * `express.urlencoded()` would put it, in `request.body`. Every body is still there for body parsers to
 * read, which come after this middleware.
 *
 * @param verifier - What verifies.
 * @returns Middleware, for `app.use` or for one route.
 *
 * @example
 * ```ts
 * import express from "express";
 * import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
 *
 * const verifier = createVerifier({
 *   credentials: { find: () => ({ client: undefined, caller: { account: 7 } }) },
 *   nonces: { spend: () => "fresh" },
 *   signatureMethods: [hmacSha1],
 * });
 * const app = express();
 * app.get("/photos", expressVerifier(verifier), (_request, response) => {
 *   response.json({ account: response.locals.oauth1.caller?.account });
 * });
 * const server = app.listen(0, "127.0.0.1");
 * await new Promise((resolve) => server.once("listening", resolve));
 * const { port } = server.address() as { port: number };
 * const response = await fetch(`http://127.0.0.1:${port}/photos`);
 * response.headers.get("WWW-Authenticate")?.startsWith('OAuth oauth_problem="parameter_absent"'); // true
 * server.close();
 * ```
 */
export function expressVerifier<Caller>(
  verifier: Pick<Verifier<Caller>, "verify">,
  // biome-ignore lint/suspicious/noExplicitAny: Express infers these from the route.
): RequestHandler<any, any, any, any, VerifiedLocals<Caller>> {
  requireVerifier("expressVerifier", verifier);
  return async (request, response, next) => {
    try {
      requireFramework(
        typeof response.locals === "object" && typeof next === "function",
        "expressVerifier needs Express 4 or later",
      );
      const verification = await verifier.verify(request);
      if (!verification.verified) return respond(response, verification);
      response.locals.oauth1 = verification;
      rememberVerified(request, verification);
      const { form, body } = verification;
      if (form !== undefined && body !== undefined) request.body = parse(formText(body));
    } catch (error) {
      // Express 4 does not wait for promises: one that rejects would end the process.
      return next(error);
    }
    next();
  };
}

/**
 * Returns who called, and what was verified, wherever only the request is at hand.
 *
 * @typeParam Caller - The type of `caller` that the verifier's credential store gives.
 * @param request - A request that {@link expressVerifier} accepted.
 * @throws `VerifierError` `ERR_NOT_VERIFIED` if the request was not verified:
 * mount the middleware before the handler.
 *
 * @example
 * ```ts
 * interface Account {
 *   id: number;
 * }
 * // app.get("/photos", (request, response) => response.json(accountOf(request)));
 * const accountOf = (request: Parameters<typeof verifiedRequest>[0]) =>
 *   verifiedRequest<Account>(request).caller?.id;
 * accountOf.length; // 1
 * ```
 */
export function verifiedRequest<Caller>(request: Request): VerifiedRequest<Caller> {
  return recallVerified(request, "mount expressVerifier before this handler");
}
