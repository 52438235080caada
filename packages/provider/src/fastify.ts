/**
 * The provider for Fastify 4 and 5.
 *
 * @module
 */

import type { FastifyPluginAsync } from "fastify";
import type { Provider } from "./create-provider.js";
import { respondNode } from "./node-exchange.js";

/** Options of {@link fastifyProvider}. */
export interface FastifyProviderOptions {
  /** The result of `createProvider()`. */
  readonly provider: Provider;
}

/**
 * A plugin for Fastify 4 and 5, which adds the provider's routes. It responds before a body is
 * parsed. `resourceOwner` receives Fastify's request, with what earlier `onRequest` hooks added.
 *
 * @example
 * ```ts
 * import fastify from "fastify";
 *
 * const photos = (provider: Parameters<typeof fastifyProvider>[1]["provider"]) =>
 *   fastify().register(fastifyProvider, { provider });
 * photos.length; // 1
 * ```
 */
export const fastifyProvider: FastifyPluginAsync<FastifyProviderOptions> = async (
  app,
  { provider },
) => {
  for (const url of Object.values(provider.paths) as string[]) {
    app.route({
      method: ["GET", "POST"],
      url,
      async onRequest(request, reply) {
        for (const [name, value] of Object.entries(reply.getHeaders())) {
          if (value !== undefined) reply.raw.setHeader(name, value);
        }
        reply.hijack();
        try {
          await respondNode(provider, request.raw, reply.raw, request);
        } catch (error) {
          request.log.error(error);
          if (reply.raw.headersSent) reply.raw.destroy();
          else reply.raw.writeHead(500).end();
        }
      },
      handler: (_request, reply) => reply,
    });
  }
};
