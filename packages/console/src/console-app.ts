import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Logger } from "pino";

/** The dependencies of the app. */
export interface ConsoleAppParts {
  /** Everything under `/api/`. */
  readonly api: { fetch(request: Request, environment?: object): Response | Promise<Response> };
  readonly log: Logger;
  /** Rejects if the console cannot answer requests. */
  readonly isHealthy: () => Promise<void>;
  /** True if the operator named trusted proxies. */
  readonly trustsProxies: boolean;
}

const WEB = fileURLToPath(new URL("../web", import.meta.url));

/** For files whose names contain a hash of their content. */
const IMMUTABLE = "public, max-age=31536000, immutable";

/**
 * Creates the app: pages, HTTP API and health, with security headers and a log line per request.
 */
export function consoleApp({ api, log, isHealthy, trustsProxies }: ConsoleAppParts): Hono {
  const app = new Hono();
  let warned = trustsProxies;
  app.use(async (context, next) => {
    if (!warned && (context.req.header("X-Forwarded-For") ?? context.req.header("Forwarded"))) {
      warned = true;
      log.warn(
        "a request came through a proxy that is not trusted, so rate limits count all clients behind it as one; name the proxy with --trusted-proxies",
      );
    }
    const start = performance.now();
    await next();
    // Only the path: a query can contain a signature.
    const { method, path } = context.req;
    const milliseconds = Math.round((performance.now() - start) * 10) / 10;
    log.info({ method, path, status: context.res.status, milliseconds }, "request");
  });
  app.get("/health", async (context) => {
    context.header("Cache-Control", "no-store");
    try {
      await isHealthy();
      return context.json({ status: "ok" });
    } catch (error) {
      log.error({ err: error }, "health check failed");
      return context.json({ status: "down" }, 503);
    }
  });

  // The views of the conformance suite are separate pages with their own policies. Our page embeds
  // them.
  for (const path of ["/report/*", "/pairwise.html", "/coverage.html"]) {
    app.use(path, secureHeaders({ xFrameOptions: "SAMEORIGIN" }), pages("no-cache"));
    app.all(path, (context) => context.text("This build does not include the page.\n", 404));
  }
  app.use(
    secureHeaders({
      xFrameOptions: "DENY",
      referrerPolicy: "no-referrer",
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The inspector searches in a worker.
        workerSrc: ["'self'"],
        styleSrc: ["'self'"],
        // The component library draws its icons with data URLs.
        imgSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    }),
  );
  // The description of the HTTP API, for people.
  app.get("/api/docs", pages("no-cache", "api-docs.html"));
  app.all("/api/*", (context) => api.fetch(context.req.raw, context.env as object));
  app.use("/assets/*", pages(IMMUTABLE));
  app.use("/icon.svg", pages("public, max-age=86400"));
  app.all("/assets/*", (context) => context.text("The file does not exist.\n", 404));
  // All other paths are pages. Their script selects the page.
  app.get("*", pages("no-cache", "index.html"));
  return app;
}

function pages(cacheControl: string, path?: string) {
  return serveStatic({
    root: WEB,
    ...(path === undefined ? {} : { path }),
    precompressed: true,
    onFound: (_path, context) => context.header("Cache-Control", cacheControl),
  });
}
