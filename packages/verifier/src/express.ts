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

/** The properties that the middleware adds to `response.locals`. */
export interface VerifiedLocals<Caller = unknown> {
  /** The caller, and what was verified. */
  oauth1: VerifiedRequest<Caller>;
}

/**
 * Middleware for Express 4 and 5. It passes verified requests on, with the caller in
 * `response.locals.oauth1`, and responds to all others. The verified form is in
 * `response.locals.oauth1.form`, and in `request.body` as `express.urlencoded()` returns it. Mount
 * body parsers after this middleware: they can still read every body.
 *
 * @param verifier - The result of `createVerifier()`.
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
      // Another framework, for example Koa, which calls this with two arguments.
      if (typeof next !== "function") throw error;
      // Express 4 does not await promises, so a rejected one would end the process.
      return next(error);
    }
    next();
  };
}

/**
 * Returns the caller and what was verified, where only the request is available.
 *
 * @typeParam Caller - The type of `caller` in the verifier's credential store.
 * @param request - A request that {@link expressVerifier} accepted.
 * @throws `VerifierError` `ERR_NOT_VERIFIED` if the request was not verified: mount the middleware
 * before the handler.
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
