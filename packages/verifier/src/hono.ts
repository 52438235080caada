/**
 * The verifier as middleware of Hono 3 and 4.
 *
 * @module
 */

import type { HonoRequest, MiddlewareHandler } from "hono";
import type { Verifier } from "./create-verifier.js";
import type { NodeRequest } from "./received-request.js";
import { requireFramework } from "./require-framework.js";
import { requireVerifier } from "./require-options.js";
import { endsConnection } from "./respond-node.js";
import type { VerifiedRequest } from "./verification.js";
import { recallVerified, rememberVerified } from "./verified-requests.js";

/** The variables that the middleware adds to the context. */
export interface VerifiedEnv<Caller = unknown> {
  Variables: {
    /** The caller, and what was verified. */
    oauth1: VerifiedRequest<Caller>;
  };
}

/**
 * Middleware for Hono 3 and 4. It passes verified requests on, with the caller in `c.var.oauth1`,
 * and responds to all others. The verified form is in `c.var.oauth1.form`, and `c.req.parseBody()`
 * and similar methods can still read the body. `parseBody()` also reads multipart, which is never
 * signed: read `c.var.oauth1.form`, or set `requireBodyHash`.
 *
 * On Node (`@hono/node-server`) the raw request-target and headers are verified. Elsewhere the
 * `Request` is, whose URL the platform has parsed.
 *
 * @param verifier - The result of `createVerifier()`.
 * @returns Middleware, for `app.use` or for one route.
 *
 * @example
 * ```ts
 * import { Hono } from "hono";
 * import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
 *
 * const verifier = createVerifier({
 *   credentials: { find: () => ({ client: undefined, caller: { account: 7 } }) },
 *   nonces: { spend: () => "fresh" },
 *   signatureMethods: [hmacSha1],
 * });
 * const app = new Hono();
 * app.get("/photos", honoVerifier(verifier), (c) => c.json(c.var.oauth1.caller));
 * const response = await app.request("http://api.example.com/photos");
 * response.status; // 401
 * ```
 */
export function honoVerifier<Caller>(
  verifier: Pick<Verifier<Caller>, "verify">,
): MiddlewareHandler<VerifiedEnv<Caller>> {
  requireVerifier("honoVerifier", verifier);
  return async (c, next) => {
    requireFramework(
      typeof c?.req?.raw === "object" && typeof c.set === "function",
      "honoVerifier needs Hono 3 or later",
    );
    const incoming = nodeRequest(c.env);
    const verification = await verifier.verify(incoming ?? c.req.raw);
    if (!verification.verified) {
      const { status, headers, body } = verification;
      if (incoming !== undefined && endsConnection(verification, incoming)) {
        c.header("Connection", "close");
      }
      return c.body(body, status, headers);
    }
    if (incoming !== undefined && verification.body !== undefined) {
      // @hono/node-server looks here first for a body that was already read.
      incoming.rawBody = Buffer.from(verification.body);
    }
    c.set("oauth1", verification);
    rememberVerified(c.req, verification);
    return next();
  };
}

/**
 * Returns the caller and what was verified, where only the request is available.
 *
 * @typeParam Caller - The type of `caller` in the verifier's credential store.
 * @param request - `c.req` of a context that {@link honoVerifier} accepted.
 * @throws `VerifierError` `ERR_NOT_VERIFIED` if the request was not verified: mount the middleware
 * before the handler.
 *
 * @example
 * ```ts
 * interface Account {
 *   id: number;
 * }
 * // app.get("/photos", (c) => c.json(accountOf(c.req)));
 * const accountOf = (request: Parameters<typeof verifiedRequest>[0]) =>
 *   verifiedRequest<Account>(request).caller?.id;
 * accountOf.length; // 1
 * ```
 */
export function verifiedRequest<Caller>(request: HonoRequest): VerifiedRequest<Caller> {
  return recallVerified(request, "mount honoVerifier before this handler");
}

/** The request of `node:http` that `@hono/node-server` puts into the environment. */
function nodeRequest(env: unknown): (NodeRequest & { rawBody?: unknown }) | undefined {
  const { incoming } = (env ?? {}) as { incoming?: NodeRequest };
  return Array.isArray(incoming?.rawHeaders) ? incoming : undefined;
}
