/**
 * The provider for Hono 3 and 4.
 *
 * @module
 */

import type { MiddlewareHandler } from "hono";
import type { Provider } from "./create-provider.js";
import type { RequestFacts } from "./endpoint.js";

/**
 * Middleware for Hono 3 and 4. It responds to the provider's paths. On Node (`@hono/node-server`)
 * the raw request-target and headers are verified. `resourceOwner` receives the context.
 *
 * @param provider - The result of `createProvider()`.
 *
 * @example
 * ```ts
 * import { Hono } from "hono";
 *
 * const photos = (provider: Parameters<typeof honoProvider>[0]) =>
 *   new Hono().use(honoProvider(provider));
 * photos.length; // 1
 * ```
 */
export function honoProvider(provider: Provider): MiddlewareHandler {
  return async (c, next) => {
    const { incoming } = (c.env ?? {}) as { incoming?: { rawHeaders?: unknown } };
    const received = Array.isArray(incoming?.rawHeaders)
      ? (incoming as RequestFacts["received"])
      : undefined;
    return (await provider.handle(c.req.raw, { native: c, received })) ?? next();
  };
}
