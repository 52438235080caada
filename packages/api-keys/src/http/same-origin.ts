import type { Context, MiddlewareHandler } from "hono";
import { HttpProblem } from "./problem.js";

/**
 * Rejects what another site's page makes a browser send, where a request may change something. A
 * request without these headers comes from no browser.
 *
 * @param origin - The server's own origin, as the client of the request sees it.
 */
export function sameOrigin(origin: (context: Context) => string): MiddlewareHandler {
  return async (context, next) => {
    if (!SAFE.has(context.req.method)) {
      const site = context.req.header("Sec-Fetch-Site");
      const sender = context.req.header("Origin");
      if (
        (site !== undefined && site !== "same-origin" && site !== "none") ||
        (sender !== undefined && sender !== origin(context))
      ) {
        throw new HttpProblem(403, "cross_origin", "another site's page sent this request");
      }
    }
    await next();
  };
}

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
