import { createRoute, z } from "@hono/zod-openapi";
import {
  auditChoicesSchema,
  auditFilterSchema,
  auditPageSchema,
  auditPagingSchema,
  auditQuerySchema,
} from "../audit/audit-schema.js";
import { catalogueSchema } from "../catalogue/catalogue.js";
import { IDEMPOTENCY_KEY } from "../keys/idempotency.js";
import {
  keyChangeSchema,
  keyListSchema,
  keyQuerySchema,
  keySchema,
  keyWithCredentialsSchema,
  newKeySchema,
  rotationSchema,
} from "../keys/key-schema.js";
import { passwordSchema } from "../sign-in/password.js";
import { openSessionSchema } from "../sign-in/session-list.js";
import {
  memberSchema,
  newUserSchema,
  userChangeSchema,
  userSchema,
} from "../sign-in/user-schema.js";
import { keyCallsSchema, keyUsageSchema } from "../usage/usage-schema.js";
import { problemSchema } from "./problem.js";

const account = z.object({ id: z.string().openapi({ example: "68384531" }), name: z.string() });

/** The signed-in user and the user's rights. */
export const sessionSchema = z
  .object({
    user: userSchema,
    account,
    mayManageKeys: z.boolean(),
    mayManageUsers: z.boolean(),
    mayReadActivity: z.boolean(),
    csrfToken: z.string().openapi({
      description: "For the `X-CSRF-Token` header of every request that changes something",
    }),
    expiresAt: z.iso.datetime(),
  })
  .openapi("Session");

const linkSchema = z
  .object({
    token: z.string().openapi({ description: "Put it into the fragment of the page's address" }),
    expiresAt: z.iso.datetime(),
  })
  .openapi("OneTimeLink");

const password = z.string().max(256).openapi({ format: "password" });
const linkToken = z.string().min(1).max(100);
// A malformed identifier is answered with 404, like an unknown one.
const keyPath = z.object({ keyId: z.string().max(100).openapi({ format: "uuid" }) });
export const idempotent = z.object({
  "idempotency-key": z
    .string()
    .regex(IDEMPOTENCY_KEY, "must have 1 to 255 visible ASCII characters")
    .optional()
    .openapi({
      description:
        "A random value. The same request with the same value within ten minutes gets the same response, secrets included, and changes nothing. Another request with the same value is rejected with 422 (`idempotency_key_reused`)",
    }),
});
const userPath = z.object({ userId: z.uuid() });

const json = <Schema extends z.ZodType>(schema: Schema) => ({
  "application/json": { schema },
});
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true, content: json(schema) },
});
export const answer = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: json(schema),
});
export const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: problemSchema } },
});

export const cookie = [{ session: [] }];
export const reads = {
  401: problem("You are not signed in"),
};
export const changes = {
  401: problem("You are not signed in"),
  403: problem("The user's role does not allow this, or the CSRF token is missing"),
  415: problem("The body is not JSON"),
  422: problem("The input is wrong; see `errors`"),
};
export const missing = { 404: problem("The account does not contain it") };

export const signInRoute = createRoute({
  method: "post",
  path: "/api/console/session",
  tags: ["Session"],
  summary: "Sign in",
  request: body(
    z.strictObject({
      account: z.string().max(100).optional().openapi({
        description: "The user's account. The default is the oldest account of the installation",
        example: "68384531",
      }),
      username: z.string().min(1).max(100),
      password,
    }),
  ),
  responses: {
    200: answer("Signed in, with a session cookie", sessionSchema),
    401: problem("The account, user name or password is wrong"),
    422: problem("The input is wrong"),
    429: problem("Too many attempts; wait for `Retry-After`"),
  },
});

export const readSessionRoute = createRoute({
  method: "get",
  path: "/api/console/session",
  tags: ["Session"],
  summary: "Get the session, if there is one",
  security: [...cookie, {}],
  responses: {
    200: answer("The session", sessionSchema),
    204: { description: "Nobody is signed in, or the session has ended" },
  },
});

export const signOutRoute = createRoute({
  method: "delete",
  path: "/api/console/session",
  tags: ["Session"],
  summary: "Sign out",
  security: cookie,
  responses: { 204: { description: "Signed out" }, 401: changes[401], 403: changes[403] },
});

export const readLinkRoute = createRoute({
  method: "post",
  path: "/api/console/one-time-link",
  tags: ["Session"],
  summary: "Get the user of a one-time link; the link stays valid",
  request: body(z.strictObject({ token: linkToken })),
  responses: {
    200: answer(
      "The link can be used",
      z.object({ username: z.string(), expiresAt: z.iso.datetime() }),
    ),
    410: problem("The link is unknown, used or expired"),
    422: problem("The input is wrong"),
    429: problem("Too many attempts"),
  },
});

export const setPasswordRoute = createRoute({
  method: "post",
  path: "/api/console/password",
  tags: ["Session"],
  summary: "Set a password with a one-time link, and sign in",
  request: body(z.strictObject({ token: linkToken, password: passwordSchema })),
  responses: {
    200: answer("The password is set, with a session cookie", sessionSchema),
    410: problem("The link is unknown, used or expired"),
    422: problem("The password is too short"),
    429: problem("Too many attempts"),
  },
});

const endedSchema = z.object({
  ended: z.int().openapi({ description: "The number of ended sessions" }),
});

export const changePasswordRoute = createRoute({
  method: "put",
  path: "/api/console/password",
  tags: ["Session"],
  summary: "Change your own password; all your sessions end, and a new one starts",
  security: cookie,
  request: body(z.strictObject({ currentPassword: password, newPassword: passwordSchema })),
  responses: {
    200: answer("The password is changed, with a new session cookie", sessionSchema),
    401: changes[401],
    403: changes[403],
    415: changes[415],
    422: problem("The current password is wrong, or the new one is too short; see `errors`"),
    429: problem("Too many attempts; wait for `Retry-After`"),
  },
});

export const listSessionsRoute = createRoute({
  method: "get",
  path: "/api/console/sessions",
  tags: ["Session"],
  summary: "List your own open sessions, the last used first, at most 100",
  security: cookie,
  responses: {
    200: answer("Your open sessions", z.object({ sessions: z.array(openSessionSchema) })),
    ...reads,
  },
});

export const endOtherSessionsRoute = createRoute({
  method: "delete",
  path: "/api/console/sessions",
  tags: ["Session"],
  summary: "End all your other sessions",
  security: cookie,
  responses: {
    200: answer("The other sessions have ended", endedSchema),
    401: changes[401],
    403: changes[403],
  },
});

export const endSessionRoute = createRoute({
  method: "delete",
  path: "/api/console/sessions/{sessionId}",
  tags: ["Session"],
  summary: "End one of your own sessions",
  security: cookie,
  request: { params: z.object({ sessionId: z.uuid() }) },
  responses: {
    204: { description: "The session has ended" },
    401: changes[401],
    403: changes[403],
    404: problem("You have no open session with this id"),
    422: changes[422],
  },
});

export const catalogueRoute = createRoute({
  method: "get",
  path: "/api/console/catalogue",
  tags: ["API keys"],
  summary: "List the categories and their permissions",
  security: cookie,
  responses: { 200: answer("The catalogue", catalogueSchema), ...reads },
});

export const listKeysRoute = createRoute({
  method: "get",
  path: "/api/console/keys",
  tags: ["API keys"],
  summary: "List the API keys of the account",
  security: cookie,
  request: { query: keyQuerySchema },
  responses: { 200: answer("One page", keyListSchema), ...reads, 422: changes[422] },
});

export const createKeyRoute = createRoute({
  method: "post",
  path: "/api/console/keys",
  tags: ["API keys"],
  summary: "Create an API key",
  security: cookie,
  request: { headers: idempotent, ...body(newKeySchema) },
  responses: {
    201: answer(
      "The key and its four values, which are never shown again",
      keyWithCredentialsSchema,
    ),
    ...changes,
    409: problem("The account has 100 keys (`key_limit`)"),
  },
});

export const readKeyRoute = createRoute({
  method: "get",
  path: "/api/console/keys/{keyId}",
  tags: ["API keys"],
  summary: "Get an API key",
  security: cookie,
  request: { params: keyPath },
  responses: { 200: answer("The key", keySchema), ...reads, ...missing, 422: changes[422] },
});

export const editKeyRoute = createRoute({
  method: "patch",
  path: "/api/console/keys/{keyId}",
  tags: ["API keys"],
  summary: "Edit a key; omitted fields stay as they are",
  security: cookie,
  request: { params: keyPath, ...body(keyChangeSchema) },
  responses: {
    200: answer("The updated key", keySchema),
    ...changes,
    ...missing,
    409: problem("The key was changed after it was read (`stale`)"),
  },
});

export const deleteKeyRoute = createRoute({
  method: "delete",
  path: "/api/console/keys/{keyId}",
  tags: ["API keys"],
  summary: "Not allowed: keys cannot be deleted",
  security: cookie,
  request: { params: z.object({ keyId: z.string() }) },
  responses: { 405: problem("Keys cannot be deleted; disable the key instead"), ...reads },
});

export const enableKeyRoute = createRoute({
  method: "post",
  path: "/api/console/keys/{keyId}/enable",
  tags: ["API keys"],
  summary: "Enable a key",
  security: cookie,
  request: { params: keyPath },
  responses: { 200: answer("The updated key", keySchema), ...changes, ...missing },
});

export const disableKeyRoute = createRoute({
  method: "post",
  path: "/api/console/keys/{keyId}/disable",
  tags: ["API keys"],
  summary: "Disable a key; it stops working within 5 seconds",
  security: cookie,
  request: { params: keyPath },
  responses: { 200: answer("The updated key", keySchema), ...changes, ...missing },
});

export const rotateKeyRoute = createRoute({
  method: "post",
  path: "/api/console/keys/{keyId}/rotate",
  tags: ["API keys"],
  summary:
    "Generate new secrets; the old ones work until the overlap ends, also after a second rotation",
  security: cookie,
  request: { params: keyPath, headers: idempotent, ...body(rotationSchema) },
  responses: {
    200: answer(
      "The key and its four values, which are never shown again",
      keyWithCredentialsSchema,
    ),
    ...changes,
    ...missing,
    409: problem("The secrets of four earlier rotations still work (`old_secrets_limit`)"),
  },
});

export const keyUsageRoute = createRoute({
  method: "get",
  path: "/api/console/keys/{keyId}/usage",
  tags: ["API keys"],
  summary: "Get when and how often a key was used",
  description:
    "Counts of other processes of the server are at most a minute late. A bot's login counts as a call.",
  security: cookie,
  request: { params: keyPath },
  responses: { 200: answer("The usage", keyUsageSchema), ...reads, ...missing, 422: changes[422] },
});

export const keyCallsRoute = createRoute({
  method: "get",
  path: "/api/console/keys/{keyId}/calls",
  tags: ["API keys"],
  summary: "List the last 50 calls of a key, with the reason of each rejection",
  description:
    "Calls of other processes of the server are at most a minute late. Anyone who knows the App key can add rejected calls.",
  security: cookie,
  request: { params: keyPath },
  responses: {
    200: answer("The calls, the newest first", keyCallsSchema),
    ...reads,
    403: changes[403],
    ...missing,
    422: changes[422],
  },
});

export const endOldSecretsRoute = createRoute({
  method: "post",
  path: "/api/console/keys/{keyId}/end-old-secrets",
  tags: ["API keys"],
  summary: "End all old secrets now; they stop working within 5 seconds",
  security: cookie,
  request: { params: keyPath },
  responses: { 200: answer("The updated key", keySchema), ...changes, ...missing },
});

export const keyAuditRoute = createRoute({
  method: "get",
  path: "/api/console/keys/{keyId}/audit",
  tags: ["Audit"],
  summary: "List the changes of a key",
  security: cookie,
  request: { params: keyPath, query: auditPagingSchema },
  responses: {
    200: answer("One page, the newest entry first", auditPageSchema),
    ...reads,
    403: changes[403],
    ...missing,
    422: changes[422],
  },
});

export const auditRoute = createRoute({
  method: "get",
  path: "/api/console/audit",
  tags: ["Audit"],
  summary: "List the changes in the account",
  security: cookie,
  request: { query: auditQuerySchema },
  responses: {
    200: answer("One page, the newest entry first", auditPageSchema),
    ...reads,
    403: changes[403],
    422: changes[422],
  },
});

export const auditChoicesRoute = createRoute({
  method: "get",
  path: "/api/console/audit/choices",
  tags: ["Audit"],
  summary: "List the values by which the changes can be filtered",
  security: cookie,
  responses: { 200: answer("The values", auditChoicesSchema), ...reads, 403: changes[403] },
});

export const auditCsvRoute = createRoute({
  method: "get",
  path: "/api/console/audit.csv",
  tags: ["Audit"],
  summary: "Download the changes in the account as CSV (RFC 4180)",
  description:
    "The newest change first, all of them. A cell that a spreadsheet would run as a formula (one that starts with `=`, `+`, `-` or `@`, after any white space) starts with an apostrophe.",
  security: cookie,
  request: { query: auditFilterSchema },
  responses: {
    200: {
      description: "The changes, after a line of headings",
      content: { "text/csv": { schema: z.string() } },
    },
    ...reads,
    403: changes[403],
    422: changes[422],
  },
});

export const listUsersRoute = createRoute({
  method: "get",
  path: "/api/console/users",
  tags: ["Users"],
  summary: "List the users of the account",
  security: cookie,
  responses: {
    200: answer("All users", z.object({ users: z.array(memberSchema) })),
    ...reads,
    403: changes[403],
  },
});

export const createUserRoute = createRoute({
  method: "post",
  path: "/api/console/users",
  tags: ["Users"],
  summary: "Add a user, with a one-time link to set a password",
  security: cookie,
  request: body(newUserSchema),
  responses: {
    201: answer("The user and the link", z.object({ user: userSchema, link: linkSchema })),
    ...changes,
    409: problem("Another user of the account has this name (`username_taken`)"),
  },
});

export const editUserRoute = createRoute({
  method: "patch",
  path: "/api/console/users/{userId}",
  tags: ["Users"],
  summary: "Change a user's role, or disable or enable a user",
  security: cookie,
  request: { params: userPath, ...body(userChangeSchema) },
  responses: { 200: answer("The updated user", userSchema), ...changes, ...missing },
});

export const createLinkRoute = createRoute({
  method: "post",
  path: "/api/console/users/{userId}/one-time-link",
  tags: ["Users"],
  summary: "Create a one-time link; the previous one stops working",
  security: cookie,
  request: { params: userPath },
  responses: {
    201: answer("The link", linkSchema),
    ...changes,
    ...missing,
    409: problem("The user is disabled (`user_disabled`)"),
  },
});

export const endUserSessionsRoute = createRoute({
  method: "delete",
  path: "/api/console/users/{userId}/sessions",
  tags: ["Users"],
  summary: "End all open sessions of a user, also those of bots",
  security: cookie,
  request: { params: userPath },
  responses: { 200: answer("The sessions have ended", endedSchema), ...changes, ...missing },
});
