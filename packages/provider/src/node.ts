/**
 * The provider for listeners of `node:http`.
 *
 * @module
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Provider } from "./create-provider.js";
import { respondNode } from "./node-exchange.js";

/**
 * Returns a listener for `node:http` and `node:https`.
 *
 * @param provider - The result of `createProvider()`.
 * @param listener - Responds to all other paths. Default: 404.
 *
 * @example
 * ```ts
 * import { createServer } from "node:http";
 *
 * const photos = (provider: Parameters<typeof nodeProvider>[0]) =>
 *   createServer(nodeProvider(provider, (_request, response) => response.end("Photos")));
 * photos.length; // 1
 * ```
 */
export function nodeProvider(
  provider: Provider,
  listener?: (request: IncomingMessage, response: ServerResponse) => unknown,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    try {
      if (await respondNode(provider, request, response, request)) return;
      if (listener === undefined) response.writeHead(404).end();
      else await listener(request, response);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  };
}
