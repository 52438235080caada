import type { Context, MiddlewareHandler } from "hono";
import { HttpProblem } from "./problem.js";

/**
 * Rejects requests that a page of another site makes a browser send, if they can change something.
 * A request without these headers does not come from a browser.
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
        throw new HttpProblem(403, "cross_origin", "the request comes from a page of another site");
      }
    }
    await next();
  };
}

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
