/**
 * The verifier as a plugin of Fastify 4 and 5.
 *
 * @module
 */

import { parse } from "node:querystring";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import type { Verifier } from "./create-verifier.js";
import { requireFramework } from "./require-framework.js";
import { requireVerifier } from "./require-options.js";
import { endsConnection } from "./respond-node.js";
import type { VerifiedRequest } from "./verification.js";
import { recallVerified, rememberVerified } from "./verified-requests.js";

declare module "fastify" {
  interface FastifyRequest {
    /** The caller, and what was verified. `null` outside the routes that the plugin guards. */
    oauth1: VerifiedRequest | null;
  }
}

/** Options of {@link fastifyVerifier}. */
export interface FastifyVerifierOptions {
  readonly verifier: Pick<Verifier, "verify">;
}

/**
 * A plugin for Fastify 4 and 5. In the scope where you register it, it verifies every request
 * before the body is parsed. The caller is in `request.oauth1`, with the verified form in
 * `request.oauth1.form`. {@link verifiedRequest} returns it with its type. It also parses forms,
 * unless another plugin does: register `@fastify/formbody` first to use its parser.
 *
 * @example
 * ```ts
 * import fastify from "fastify";
 * import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
 *
 * const verifier = createVerifier({
 *   credentials: { find: () => ({ client: undefined, caller: { account: 7 } }) },
 *   nonces: { spend: () => "fresh" },
 *   signatureMethods: [hmacSha1],
 * });
 * const app = fastify();
 * await app.register(fastifyVerifier, { verifier });
 * app.get("/photos", (request) => verifiedRequest(request).caller);
 * const response = await app.inject("/photos");
 * response.statusCode; // 401
 * ```
 */
export const fastifyVerifier: FastifyPluginAsync<FastifyVerifierOptions> = Object.assign(
  (async (app, { verifier }) => {
    requireVerifier("fastifyVerifier", verifier);
    requireFramework(
      ["hasRequestDecorator", "hasContentTypeParser", "addHook"].every(
        (name) => typeof app[name as keyof typeof app] === "function",
      ),
      "fastifyVerifier needs Fastify 4 or later",
    );
    if (!app.hasRequestDecorator("oauth1")) app.decorateRequest("oauth1", null);
    if (!app.hasContentTypeParser(FORM)) {
      app.addContentTypeParser(FORM, { parseAs: "string" }, (_request, body, done) => {
        done(null, parse(String(body)));
      });
    }
    app.addHook("onRequest", async (request, reply) => {
      const verification = await verifier.verify(request.raw);
      if (verification.verified) {
        request.oauth1 = verification;
        rememberVerified(request, verification);
        return;
      }
      const { status, headers, body } = verification;
      if (verification.cause !== undefined) {
        request.log.error({ err: verification.cause }, verification.advice);
      }
      if (endsConnection(verification, request.raw)) reply.header("Connection", "close");
      return reply.code(status).headers(headers).send(body);
    });
  }) satisfies FastifyPluginAsync<FastifyVerifierOptions>,
  {
    // Like fastify-plugin: adds the hook to the scope where the plugin is registered.
    [Symbol.for("skip-override")]: true,
    [Symbol.for("fastify.display-name")]: "@oauth1/verifier",
  },
);

/**
 * Returns the caller and what was verified, where only the request is available.
 *
 * @typeParam Caller - The type of `caller` in the verifier's credential store.
 * @param request - A request in a scope that {@link fastifyVerifier} guards.
 * @throws `VerifierError` `ERR_NOT_VERIFIED` if the request was not verified: register the plugin
 * in the scope of the route.
 *
 * @example
 * ```ts
 * interface Account {
 *   id: number;
 * }
 * // app.get("/photos", (request) => accountOf(request));
 * const accountOf = (request: Parameters<typeof verifiedRequest>[0]) =>
 *   verifiedRequest<Account>(request).caller?.id;
 * accountOf.length; // 1
 * ```
 */
export function verifiedRequest<Caller>(request: FastifyRequest): VerifiedRequest<Caller> {
  return recallVerified(request, "register fastifyVerifier in the scope of this route");
}

const FORM = "application/x-www-form-urlencoded";
