import type { MiddlewareHandler } from "hono";
import { HttpProblem } from "./problem.js";

/**
 * Refuses what another site's page makes a browser send, where a request may change something. A
 * request without these headers comes from no browser.
 *
 * @param origin - The server's own origin.
 */
export function sameOrigin(origin: (request: Request) => string): MiddlewareHandler {
  return async (context, next) => {
    if (!SAFE.has(context.req.method)) {
      const site = context.req.header("Sec-Fetch-Site");
      const sender = context.req.header("Origin");
      if (
        (site !== undefined && site !== "same-origin" && site !== "none") ||
        (sender !== undefined && sender !== origin(context.req.raw))
      ) {
        throw new HttpProblem(403, "cross_origin", "another site's page sent this request");
      }
    }
    await next();
  };
}

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
