import type { OpenAPIHono } from "@hono/zod-openapi";
import { createProvider, type Provider, type ProviderOptions } from "@oauth1/provider";
import { honoProvider } from "@oauth1/provider/hono";
import type { Context } from "hono";
import { auditedStore } from "../applications/granted-tokens.js";
import { type RegisteredClient, registeredClients } from "../applications/registered-clients.js";
import type { Installation } from "../installation.js";
import { findSession } from "../sign-in/sessions.js";
import type { ApiEnvironment } from "./api-app.js";
import type { Client } from "./client.js";
import { limitRate } from "./rate-limit.js";
import type { SessionCookies } from "./session-cookie.js";

/** The options of the endpoints. */
export interface OAuthOptions
  extends Omit<ProviderOptions, "clients" | "store" | "resourceOwner" | "path" | "publicPath"> {
  readonly clientOf: (context: Context) => Client;
  readonly cookies: SessionCookies;
  /** The path below which clients reach the server, or `""`. */
  readonly publicPath: string;
}

/** Adds the endpoints of RFC 5849 §2 at `/oauth`, at which applications get tokens of users. */
export function addOAuthEndpoints(
  app: OpenAPIHono<ApiEnvironment>,
  installation: Installation,
  { clientOf, cookies, publicPath, ...options }: OAuthOptions,
): Provider {
  const count = limitRate(installation, { name: "oauth", requests: 50, seconds: 5, retryAfter: 5 });
  const provider = createProvider({
    ...options,
    clients: registeredClients(installation),
    store: auditedStore(installation),
    // Proxies pass the public path on.
    path: `${publicPath}/oauth`,
    async resourceOwner(request, native, client) {
      const context = native as Context;
      const session = cookies.read(context, "console");
      const found = session && (await findSession(installation, "console", { token: session }));
      if (!found) return signInPage(publicPath, request);
      const { id: identifier, username: name, accountId } = found.user;
      // An application asks the users of its own account only.
      return accountId === (client as RegisteredClient).accountId
        ? { identifier, name, session }
        : signInPage(publicPath, request, { other_account: "1" });
    },
  });
  app.use("/oauth/*", async (context, next) => {
    if (context.req.path !== provider.paths.description) await count(clientOf(context).network);
    await next();
  });
  app.use("/oauth/*", honoProvider(provider));
  return provider;
}

/**
 * Leads to the console's page for signing in, which returns to the consent page. A browser does not
 * send the session's cookie when it comes from another site (RFC 6265bis, SameSite=Strict), so this
 * page also returns there if the user is already signed in.
 */
function signInPage(
  publicPath: string,
  { url }: Request,
  parameters: Readonly<Record<string, string>> = {},
): Response {
  const token = new URL(url).searchParams.get("oauth_token") ?? "";
  const query = new URLSearchParams({ oauth_token: token, ...parameters });
  return new Response(null, {
    status: 303,
    headers: { Location: `${publicPath}/authorize?${query}`, "Cache-Control": "no-store" },
  });
}
