import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { hmacSha512 } from "@oauth1/signature-methods/hmac-sha512";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { createVerifier, type NonceStore, type VerifierOptions } from "@oauth1/verifier";
import { cachedCredentials } from "@oauth1/verifier/credentials/cache";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import { postgresNonceStore } from "@oauth1/verifier/nonces/postgres";
import type { Hono } from "hono";
import type { Installation } from "../installation.js";
import { type KeyCaller, keyCredentialStore } from "../verification/credential-store.js";
import { addAccountApi } from "./account-api.js";
import { apiApp } from "./api-app.js";
import { type ApiOptions, addConsoleApi } from "./console-api.js";
import { answerProblem, HttpProblem } from "./problem.js";

/** How the HTTP API is set up. */
export interface ApiKeysServerOptions extends Partial<ApiOptions> {
  /** Hears of faults of the program: log them. Standard error where left out. */
  readonly onFault?: ((error: unknown) => void) | undefined;
  /**
   * Where nonces are remembered: Redis, say. Where left out, in the PostgreSQL server, or else in
   * this process's memory, which refuses what was signed before the process started.
   */
  readonly nonces?: NonceStore | undefined;
  /** Further settings of the verifier: `timestampTolerance`, `realm`, `trustedProxies`, … */
  readonly verifier?:
    | Partial<Omit<VerifierOptions<KeyCaller>, "credentials" | "nonces">>
    | undefined;
}

/**
 * The HTTP API as a Hono app, all under `/api/`: that of the console, the protected resources, and
 * `/api/openapi.json`, which describes them.
 */
export function createApiKeysServer(
  installation: Installation,
  options: ApiKeysServerOptions = {},
): Hono {
  const { addressOf = peerAddress, onFault = console.error, publicOrigin } = options;
  const app = apiApp(onFault);
  const credentials = cachedCredentials(keyCredentialStore(installation), CACHE);
  const verifier = createVerifier({
    signatureMethods: [hmacSha1, hmacSha256, hmacSha512, plaintext],
    ...(publicOrigin !== undefined && { publicOrigin }),
    ...options.verifier,
    credentials,
    nonces: options.nonces ?? nonceStoreOf(installation, onFault),
  });
  const common = { publicOrigin, addressOf };
  addConsoleApi(app, installation, {
    ...common,
    onKeyChanged: (client) => credentials.forget(client),
  });
  addAccountApi(app, installation, { ...common, verifier, credentials });
  app.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: "__Host-oauth1-console",
    description:
      "`oauth1-console` over http. What changes something needs the X-CSRF-Token header too.",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "botSession", {
    type: "apiKey",
    in: "cookie",
    name: "__Host-oauth1-bot",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "oauth", {
    type: "http",
    scheme: "OAuth",
    description: "RFC 5849, with the four values of an API key",
  });
  app.doc31("/api/openapi.json", {
    openapi: "3.1.0",
    info: { title: "OAuth 1.0 API keys", version: "1" },
  });
  app.all("/api/*", (context) =>
    answerProblem(context, new HttpProblem(404, "not_found", "there is no such path")),
  );
  // What its handlers find in the context is nobody else's business.
  return app as unknown as Hono;
}

/** Several processes have the PostgreSQL server in common; the embedded database has one. */
function nonceStoreOf({ pool }: Installation, onSweepError: (error: unknown) => void): NonceStore {
  return pool === undefined ? memoryNonceStore() : postgresNonceStore(pool, { onSweepError });
}

/** A disabled key stops to work within 5 seconds in every process, a new one works within 1. */
const CACHE = { maxAge: 3, maxUnknownAge: 1 };

/** The address that a `node:http` connection comes from. */
function peerAddress(_request: Request, environment: unknown): string | undefined {
  const { incoming } = (environment ?? {}) as {
    incoming?: { socket?: { remoteAddress?: string } };
  };
  return incoming?.socket?.remoteAddress;
}
