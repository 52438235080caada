import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono, type MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Logger } from "pino";

/** The dependencies of the app. */
export interface ConsoleAppParts {
  /** Everything under `/api/` and `/oauth`, below the public path. */
  readonly api: Hono;
  readonly log: Logger;
  /** The path below which clients reach the console, or `""`. */
  readonly publicPath: string;
  /** Counts requests for the metrics. */
  readonly countRequests?: MiddlewareHandler | undefined;
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
export function consoleApp(parts: ConsoleAppParts): Hono {
  const { api, log, publicPath, isHealthy, trustsProxies } = parts;
  const root = new Hono();
  const pages = filesBelow(publicPath);
  let warned = trustsProxies;
  if (parts.countRequests) root.use(parts.countRequests);
  root.use(async (context, next) => {
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
  const app = root.basePath(publicPath);
  app.get("/health", async (context) => {
    context.header("Cache-Control", "no-store");
    try {
      await withinTime(isHealthy());
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
  // The consent page has its own policy: it leads back to the application.
  app.all("/oauth/*", (context) => api.fetch(context.req.raw, context.env));
  app.use(
    secureHeaders({
      xFrameOptions: "DENY",
      referrerPolicy: "no-referrer",
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The inspector searches in a worker: a blob, which inherits this policy, imports its module.
        workerSrc: ["'self'", "blob:"],
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
  // The description of the HTTP API for people.
  app.get("/api/docs", pages("no-cache", "api-docs.html"));
  root.route("/", api);
  app.use("/assets/*", pages(IMMUTABLE));
  app.use("/icon.svg", pages("public, max-age=86400"));
  app.all("/assets/*", (context) => context.text("The file does not exist.\n", 404));
  // All other paths are pages. Their script selects the page.
  const page = indexPage(publicPath);
  app.get("*", (context) => context.html(page, 200, { "Cache-Control": "no-cache" }));
  if (publicPath !== "") {
    root.get("/", (context) => context.redirect(`${publicPath}/`));
    root.all("*", (context) => context.text(`The console is at ${publicPath}/.\n`, 404));
  }
  return root;
}

/** Returns the page that loads the scripts, whose addresses start with the public path. */
function indexPage(publicPath: string): string {
  return readFileSync(join(WEB, "index.html"), "utf8").replaceAll(
    /(?<= (?:href|src)=")(?=\/)/g,
    publicPath,
  );
}

function filesBelow(publicPath: string) {
  return (cacheControl: string, path?: string) =>
    serveStatic({
      root: WEB,
      ...(path === undefined ? {} : { path }),
      rewriteRequestPath: (requested) => requested.slice(publicPath.length),
      precompressed: true,
      onFound: (_path, context) => context.header("Cache-Control", cacheControl),
    });
}

/** Rejects if a check takes too long, because monitors do not wait. */
async function withinTime(check: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the stores must answer within ${PATIENCE} ms`)),
      PATIENCE,
    );
  });
  try {
    await Promise.race([check, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** In milliseconds. Load balancers commonly wait for 5 seconds. */
const PATIENCE = 3000;
