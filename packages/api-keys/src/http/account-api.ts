import type { OpenAPIHono } from "@hono/zod-openapi";
import type { CredentialStore, Verifier } from "@oauth1/verifier";
import { type VerifiedEnv, verifiedRequest } from "@oauth1/verifier/hono";
import { eq } from "drizzle-orm";
import type { Context } from "hono";
import { accounts } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { isAllowedAddress } from "../keys/allowed-addresses.js";
import { USER_LOGIN } from "../sign-in/open-sessions.js";
import { isAgent } from "../sign-in/roles.js";
import {
  closeSession,
  csrfTokenOf,
  findSession,
  isCsrfToken,
  openBotSession,
  type Session,
} from "../sign-in/sessions.js";
import { findUserByName } from "../sign-in/users.js";
import type { ExplainRejection } from "../usage/explain-rejection.js";
import type { KeyCaller } from "../verification/credential-store.js";
import { callerOfValues, type PresentedValues } from "../verification/presented-values.js";
import { mayCall, permissionMissing } from "../verification/require-permission.js";
import * as routes from "./account-routes.js";
import { type ApiEnvironment, rejectInvalid } from "./api-app.js";
import type { ApiOptions } from "./console-api.js";
import { limitBody } from "./limit-body.js";
import { HttpProblem } from "./problem.js";
import { limitRate } from "./rate-limit.js";
import { describeAnswered, recordingVerifier } from "./record-calls.js";

/** The options of the protected API. */
export interface AccountApiOptions extends ApiOptions {
  readonly verifier: Verifier<KeyCaller>;
  /** Also requires `oauth_body_hash`: for handlers that read a body that is not a form. */
  readonly bodyVerifier: Verifier<KeyCaller>;
  /** True if bots may sign in over http. */
  readonly allowInsecureTransport: boolean;
  readonly credentials: CredentialStore<KeyCaller>;
  readonly explain: ExplainRejection;
}

/** Adds the protected API at `/api/account/…`, an example API that accepts keys. */
export function addAccountApi(
  app: OpenAPIHono<ApiEnvironment>,
  installation: Installation,
  options: AccountApiOptions,
): void {
  const { catalogue, database } = installation;
  const { clientOf, cookies, publicPath, recorder, explain } = options;
  const recording = { recorder, explain, clock: installation.clock };
  const verify = recordingVerifier(options.verifier, recording);
  const verifyWithBody = recordingVerifier(options.bodyVerifier, recording);
  const countLogin = limitRate(installation, {
    name: "bot-login",
    requests: 50,
    seconds: 5,
    retryAfter: 5,
  });

  // A bot's login is signed, or its body contains the four values.
  app.post(
    "/api/account/:accountId/login",
    async (context, next) => {
      const { isSecure, network } = clientOf(context);
      await countLogin(network);
      // The request contains secrets, and the response contains a bearer token.
      if (!isSecure && !options.allowInsecureTransport) throw httpsRequired();
      if (isSigned(context)) return verifyWithBody(context, next);
      const at = installation.clock();
      await next();
      const { presentedKey } = context.var;
      if (presentedKey !== undefined) {
        const { client, keyId } = presentedKey;
        recorder.record(client, keyId, describeAnswered(context, at));
      }
      return undefined;
    },
    limitBody,
  );
  app.openapi(
    routes.botLoginRoute,
    async (context) => {
      const { username, ...values } = context.req.valid("json");
      const { accountId } = context.req.valid("param");
      const verified = (context.var as Partial<VerifiedEnv<KeyCaller>["Variables"]>).oauth1;
      const caller = verified
        ? verified.token && verified.caller
        : await presented(context, requireValues(values));
      if (verified && Object.values(values).some((value) => value !== undefined)) {
        throw malformed("the body of a signed request must contain only the username");
      }
      if (caller?.accountId !== accountId) throw badAuthentication();
      requireAllowedAddress(context, caller);
      if (!mayCall(caller, USER_LOGIN)) throw permissionMissing(catalogue, USER_LOGIN);
      const user = await findUserByName(database, accountId, username);
      if (!user?.enabled || !isAgent(user.role)) {
        throw badAuthentication();
      }
      const session = await openBotSession(installation, user, caller.keyId, {
        address: clientOf(context).address,
        userAgent: context.req.header("User-Agent"),
      });
      cookies.set(context, "bot", session.token, session.expiresAt);
      context.header("Cache-Control", "no-store");
      return context.json(
        { ...showBot(session), bearer: session.bearer, csrf: csrfTokenOf(session.token) },
        200,
      );
    },
    (result) => rejectInvalid(result, 400),
  );

  app.openapi(routes.botSessionRoute, async (context) => {
    const { session } = await botSession(context, context.req.valid("param").accountId);
    context.header("Cache-Control", "no-store");
    return context.json(showBot(session), 200);
  });
  app.openapi(routes.botLogoutRoute, async (context) => {
    const { presented } = await botSession(context, context.req.valid("param").accountId);
    if ("token" in presented && !isCsrfToken(presented.token, context.req.header("X-CSRF-Token"))) {
      throw new HttpProblem(
        403,
        "csrf_token_missing",
        "the X-CSRF-Token header must contain the CSRF token of the session",
      );
    }
    await closeSession(installation, presented);
    cookies.clear(context, "bot");
    return context.body(null, 204);
  });

  async function presented(context: Context<ApiEnvironment>, values: PresentedValues) {
    const caller = await callerOfValues(options.credentials, values);
    context.set("presentedKey", { client: values.appKey, keyId: caller?.keyId });
    return caller;
  }

  function requireAllowedAddress(
    context: Context,
    { allowedAddresses }: Pick<KeyCaller, "allowedAddresses">,
  ): void {
    const { address } = clientOf(context);
    if (!isAllowedAddress(allowedAddresses, address)) throw addressNotAllowed(address);
  }

  async function botSession(context: Context, accountId: string) {
    const bearer = /^Bearer +([\w-]+)$/i.exec(context.req.header("Authorization") ?? "")?.[1];
    const token = cookies.read(context, "bot");
    const presented = bearer ? { bearer } : token ? { token } : undefined;
    const session = presented && (await findSession(installation, "bot", presented));
    if (!presented || session?.user.accountId !== accountId || !isAgent(session.user.role)) {
      throw new HttpProblem(
        401,
        "signed_out",
        "the session does not exist or has ended; sign in again",
        {
          headers: { "WWW-Authenticate": "Bearer" },
        },
      );
    }
    requireAllowedAddress(context, session);
    return { presented, session };
  }

  app.openapi(
    routes.baseUriRoute,
    async (context) => {
      const { accountId, serviceName } = context.req.valid("param");
      const [account] = await database.select().from(accounts).where(eq(accounts.id, accountId));
      if (account === undefined || !catalogue.services.includes(serviceName)) {
        throw new HttpProblem(404, "not_found", "the account or service does not exist");
      }
      // Without publicOrigin the host is what this client sent, so no cache may share it.
      context.header("Cache-Control", "no-store");
      return context.json(
        {
          service: serviceName,
          account: accountId,
          baseURI: `${new URL(clientOf(context).origin).host}${publicPath}`,
        },
        200,
      );
    },
    (result) => rejectInvalid(result, 400),
  );

  app.use("/api/account/:accountId/echo/:category/:permission", verify, async (context, next) => {
    const { caller } = verifiedRequest<KeyCaller>(context.req);
    if (caller !== undefined) requireAllowedAddress(context, caller);
    await next();
  });
  app.openapi(routes.echoRoute, (context) =>
    context.json(echo(context, context.req.valid("param")), 200),
  );
  app.openapi(routes.echoInvokedRoute, (context) =>
    context.json(echo(context, context.req.valid("param")), 200),
  );

  function echo(
    context: Context,
    at: { readonly accountId: string; readonly category: string; readonly permission: string },
  ) {
    const { caller, client, token, signatureMethod, transmission, url } = context.get(
      "oauth1",
    ) as VerifiedEnv<KeyCaller>["Variables"]["oauth1"];
    if (token === undefined) {
      throw new HttpProblem(
        401,
        "token_absent",
        "oauth_token is missing; sign with the Access token of the API key too",
        {
          headers: { "WWW-Authenticate": "OAuth" },
        },
      );
    }
    const permission = catalogue.categories
      .find(({ id }) => id === at.category)
      ?.permissions.find(({ id }) => id === at.permission);
    if (permission === undefined) {
      throw new HttpProblem(404, "not_found", "the catalogue does not contain this permission");
    }
    const methods = { read: ["GET"], "read/write": ["GET", "POST"], invoke: ["POST"] };
    const allowed = methods[permission.access];
    if (!allowed.includes(context.req.method)) {
      throw new HttpProblem(
        405,
        "method_not_allowed",
        `the method must be ${allowed.join(" or ")}`,
        {
          headers: { Allow: allowed.join(", ") },
        },
      );
    }
    if (caller?.accountId !== at.accountId) {
      throw new HttpProblem(403, "account_mismatch", "the API key belongs to another account");
    }
    if (!mayCall(caller, permission.id)) throw permissionMissing(catalogue, permission.id);
    return {
      account: at.accountId,
      applicationName: caller.applicationName,
      category: at.category,
      permission: permission.id,
      client: client.identifier,
      token: token.identifier,
      signatureMethod,
      transmission,
      method: context.req.method,
      url: url.replace(/[?#].*$/, ""),
    };
  }
}

function showBot({ user, expiresAt }: Session) {
  return {
    accountId: user.accountId,
    username: user.username,
    role: user.role,
    expiresAt: expiresAt.toISOString(),
  };
}

function isSigned(context: Context): boolean {
  return (
    /^OAuth(\s|$)/i.test(context.req.header("Authorization") ?? "") ||
    context.req.query("oauth_signature") !== undefined
  );
}

function requireValues(values: Partial<Record<string, string | undefined>>) {
  const { appKey, secret, accessToken, accessTokenSecret } = values;
  if (
    appKey === undefined ||
    secret === undefined ||
    accessToken === undefined ||
    accessTokenSecret === undefined
  ) {
    throw malformed(
      "the body must contain username, appKey, secret, accessToken and accessTokenSecret, or the request must be signed",
    );
  }
  return { appKey, secret, accessToken, accessTokenSecret };
}

function httpsRequired(): HttpProblem {
  return new HttpProblem(
    403,
    "https_required",
    "a login must use https; over http the network can read the secrets and the bearer token",
  );
}

function malformed(detail: string): HttpProblem {
  return new HttpProblem(400, "invalid_input", detail);
}

/** The caller has proved that it has the secrets, so it may learn which address the server sees. */
function addressNotAllowed(address = "unknown"): HttpProblem {
  return new HttpProblem(
    403,
    "address_not_allowed",
    `the API key cannot be used from the address ${address}; an administrator can allow it`,
  );
}

/** The same response for a wrong account, agent and credentials. */
function badAuthentication(): HttpProblem {
  return new HttpProblem(401, "bad_authentication", "the account, agent or credentials are wrong", {
    headers: { "WWW-Authenticate": "OAuth" },
  });
}
