import type { Hono } from "hono";
import type { Installation } from "../installation.js";
import { type ApiEnvironment, apiApp } from "./api-app.js";
import { type ApiOptions, addConsoleApi } from "./console-api.js";
import { answerProblem, HttpProblem } from "./problem.js";

/** How the HTTP API is set up. */
export interface ApiKeysServerOptions extends Partial<ApiOptions> {
  /** Hears of faults of the program: log them. Standard error where left out. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}

/**
 * The HTTP API as a Hono app, all under `/api/`: that of the console, the protected resources, and
 * `/api/openapi.json`, which describes them.
 */
export function createApiKeysServer(
  installation: Installation,
  options: ApiKeysServerOptions = {},
): Hono<ApiEnvironment> {
  const { addressOf = peerAddress, onFault = console.error } = options;
  const app = apiApp(onFault);
  addConsoleApi(app, installation, { ...options, addressOf });
  app.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: "__Host-oauth1-console",
    description:
      "`oauth1-console` over http. What changes something needs the X-CSRF-Token header too.",
  });
  app.doc31("/api/openapi.json", {
    openapi: "3.1.0",
    info: { title: "OAuth 1.0 API keys", version: "1" },
  });
  app.all("/api/*", (context) =>
    answerProblem(context, new HttpProblem(404, "not_found", "there is no such path")),
  );
  return app;
}

/** The address that a `node:http` connection comes from. */
function peerAddress(_request: Request, environment: unknown): string | undefined {
  const { incoming } = (environment ?? {}) as {
    incoming?: { socket?: { remoteAddress?: string } };
  };
  return incoming?.socket?.remoteAddress;
}
