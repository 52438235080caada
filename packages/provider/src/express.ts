/**
 * The provider for Express 4 and 5.
 *
 * @module
 */

import type { RequestHandler } from "express";
import type { Provider } from "./create-provider.js";
import { respondNode } from "./node-exchange.js";

/**
 * Middleware for Express 4 and 5. It responds to the provider's paths. Mount it before body
 * parsers, and after the middleware of sessions. `resourceOwner` receives Express's request.
 *
 * @param provider - The result of `createProvider()`.
 *
 * @example
 * ```ts
 * import express from "express";
 *
 * const photos = (provider: Parameters<typeof expressProvider>[0]) =>
 *   express().use(expressProvider(provider));
 * photos.length; // 1
 * ```
 */
export function expressProvider(provider: Provider): RequestHandler {
  return async (request, response, next) => {
    try {
      if (await respondNode(provider, request, response, request)) return;
    } catch (error) {
      // Express 4 does not await promises.
      return next(error);
    }
    next();
  };
}
