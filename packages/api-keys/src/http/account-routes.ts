import { createRoute, z } from "@hono/zod-openapi";
import { problemSchema } from "./problem.js";

const accountPath = z.object({ accountId: z.string().openapi({ example: "68384531" }) });
const value = z.string().min(1).max(200);

/** A bot's login: a user name, and the four values unless the request is signed. */
export const botLoginSchema = z
  .strictObject({
    username: value.openapi({ example: "weather.bot" }),
    appKey: value.optional(),
    secret: value.optional(),
    accessToken: value.optional(),
    accessTokenSecret: value.optional(),
  })
  .openapi("BotLogin");

const botSessionSchema = z
  .object({
    accountId: z.string(),
    username: z.string(),
    role: z.string(),
    expiresAt: z.iso.datetime(),
  })
  .openapi("BotSession");

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: problemSchema } },
});
const badSignature = {
  description:
    "The signature is wrong, or the key is unknown, disabled or expired: the verifier's response with its challenge",
  content: {
    "application/x-www-form-urlencoded": {
      schema: z.object({ oauth_problem: z.string().optional() }),
    },
    "application/problem+json": { schema: problemSchema },
  },
};
const forbidden = problem(
  "The key lacks the permission (`permission_missing` names it), belongs to another account, or cannot be used from this address (`address_not_allowed`)",
);
const tooMany = problem("Too many requests; retry after 5 seconds");
const failed = problem("The server failed");

export const botLoginRoute = createRoute({
  method: "post",
  path: "/api/account/{accountId}/login",
  tags: ["Protected"],
  summary: "Sign a bot in as an agent; the key needs the permission User Login",
  description:
    "Either the body contains the four values, or the request is signed with them and has `oauth_body_hash`.",
  security: [{ oauth: [] }, {}],
  request: {
    params: accountPath,
    query: z.object({ v: z.literal("1.3", "must be 1.3, the version of this API") }),
    body: { required: true, content: { "application/json": { schema: botLoginSchema } } },
  },
  responses: {
    200: {
      description: "Signed in: a bearer token, a CSRF token, and a session cookie",
      content: {
        "application/json": {
          schema: botSessionSchema
            .extend({ bearer: z.string(), csrf: z.string() })
            .openapi("NewBotSession"),
        },
      },
    },
    400: problem("The body or the query is wrong, or a signed request lacks `oauth_body_hash`"),
    401: problem("The account, agent or credentials are wrong"),
    403: problem(
      "The key lacks the permission (`permission_missing` names it) or cannot be used from this address (`address_not_allowed`), or the request came over http (`https_required`)",
    ),
    429: tooMany,
    500: failed,
  },
});

export const botSessionRoute = createRoute({
  method: "get",
  path: "/api/account/{accountId}/session",
  tags: ["Protected"],
  summary: "Get the bot's session",
  security: [{ bearer: [] }, { botSession: [] }],
  request: { params: accountPath },
  responses: {
    200: {
      description: "The session",
      content: { "application/json": { schema: botSessionSchema } },
    },
    401: problem("The session has ended"),
    403: problem("The session's key cannot be used from this address (`address_not_allowed`)"),
  },
});

export const botLogoutRoute = createRoute({
  method: "post",
  path: "/api/account/{accountId}/logout",
  tags: ["Protected"],
  summary: "Sign the bot out",
  security: [{ bearer: [] }, { botSession: [] }],
  request: { params: accountPath },
  responses: {
    204: { description: "Signed out" },
    401: problem("The session has ended"),
    403: problem(
      "X-CSRF-Token is missing, or the session's key cannot be used from this address (`address_not_allowed`)",
    ),
  },
});

export const baseUriRoute = createRoute({
  method: "get",
  path: "/api/account/{accountId}/service/{serviceName}/baseURI.json",
  tags: ["Protected"],
  summary: "Get the host of a service of the account",
  request: {
    params: accountPath.extend({ serviceName: z.string().openapi({ example: "agentVep" }) }),
    query: z.object({ version: z.literal("1.0", "must be 1.0, the version of this API") }),
  },
  responses: {
    200: {
      description: "Host, port and public path",
      content: {
        "application/json": {
          schema: z
            .object({
              service: z.string(),
              account: z.string(),
              baseURI: z.string().openapi({ example: "keys.example.com" }),
            })
            .openapi("BaseUri"),
        },
      },
    },
    400: problem("The query is wrong"),
    404: problem("The account or service does not exist"),
  },
});

const echo = {
  path: "/api/account/{accountId}/echo/{category}/{permission}",
  tags: ["Protected"],
  security: [{ oauth: [] }],
  request: {
    params: accountPath.extend({
      category: z.string().openapi({ example: "administration" }),
      permission: z.string().openapi({ example: "users" }),
    }),
  },
  responses: {
    200: {
      description: "The caller",
      content: {
        "application/json": {
          schema: z
            .object({
              account: z.string(),
              applicationName: z.string(),
              category: z.string(),
              permission: z.string(),
              client: z.string(),
              token: z.string(),
              signatureMethod: z.string(),
              transmission: z.string(),
              method: z.string(),
              url: z.string(),
            })
            .openapi("Echo"),
        },
      },
    },
    401: badSignature,
    403: forbidden,
    404: problem("The catalogue does not contain this permission"),
    405: problem("A permission to read needs GET, a permission to invoke needs POST"),
    500: failed,
  },
};

export const whoamiRoute = createRoute({
  method: "get",
  path: "/api/account/{accountId}/whoami",
  tags: ["Protected"],
  summary: "Get the user on whose behalf an application sends the request",
  security: [{ oauthToken: [] }],
  request: { params: accountPath },
  responses: {
    200: {
      description: "The user and the application",
      content: {
        "application/json": {
          schema: z
            .object({
              account: z.string(),
              user: z.object({ id: z.uuid(), username: z.string(), role: z.string() }),
              application: z.object({ name: z.string(), client: z.string() }),
            })
            .openapi("WhoAmI"),
        },
      },
    },
    401: {
      ...badSignature,
      description:
        "The signature is wrong, the token is unknown or revoked, or the application or the user is disabled: the verifier's response with its challenge",
    },
    403: problem("The application belongs to another account (`account_mismatch`)"),
    500: failed,
  },
});

/** Answers a signed request with its caller, if the key has the permission. */
export const echoRoute = createRoute({
  ...echo,
  method: "get",
  summary: "Get the caller; each permission to read has such a resource",
});

/** The same for a permission to invoke. */
export const echoInvokedRoute = createRoute({
  ...echo,
  method: "post",
  summary: "Get the caller; each permission to write or invoke has such a resource",
});
