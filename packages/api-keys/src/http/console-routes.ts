import { createRoute, z } from "@hono/zod-openapi";
import { auditPageSchema, auditQuerySchema } from "../audit/read-audit.js";
import { catalogueSchema } from "../catalogue/catalogue.js";
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
import { newUserSchema, userChangeSchema, userSchema } from "../sign-in/user-schema.js";
import { problemSchema } from "./problem.js";

const account = z.object({ id: z.string().openapi({ example: "68384531" }), name: z.string() });

/** Who is signed in, and may do what. */
export const sessionSchema = z
  .object({
    user: userSchema,
    account,
    mayManageKeys: z.boolean(),
    mayManageUsers: z.boolean(),
    csrfToken: z.string().openapi({
      description: "For the `X-CSRF-Token` header of every request that changes something",
    }),
    expiresAt: z.iso.datetime(),
  })
  .openapi("Session");

const linkSchema = z
  .object({
    token: z.string().openapi({ description: "Goes into the fragment of the page's address" }),
    expiresAt: z.iso.datetime(),
  })
  .openapi("OneTimeLink");

const password = z.string().max(256).openapi({ format: "password" });
const linkToken = z.string().min(1).max(100);
const keyPath = z.object({ keyId: z.uuid() });
const userPath = z.object({ userId: z.uuid() });

const json = <Schema extends z.ZodType>(schema: Schema) => ({
  "application/json": { schema },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true, content: json(schema) },
});
const answer = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: json(schema),
});
const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: problemSchema } },
});

const cookie = [{ session: [] }];
const reads = {
  401: problem("Nobody is signed in"),
};
const changes = {
  401: problem("Nobody is signed in"),
  403: problem("The role may not do this, or the CSRF token is missing"),
  415: problem("The body is not JSON"),
  422: problem("The input is wrong; `errors` says where"),
};
const missing = { 404: problem("There is no such thing in the account") };

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
    200: answer("Signed in; the session is in a cookie", sessionSchema),
    401: problem("Account, name or password is wrong"),
    422: problem("The input is wrong"),
    429: problem("Too many attempts; `Retry-After` says when the next one counts"),
  },
});

export const readSessionRoute = createRoute({
  method: "get",
  path: "/api/console/session",
  tags: ["Session"],
  summary: "Who is signed in",
  security: cookie,
  responses: { 200: answer("Who is signed in", sessionSchema), ...reads },
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
  summary: "Whose one-time link it is, without using it up",
  request: body(z.strictObject({ token: linkToken })),
  responses: {
    200: answer(
      "The link can be used",
      z.object({ username: z.string(), expiresAt: z.iso.datetime() }),
    ),
    410: problem("The link was used, has expired, or never was"),
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
    200: answer("The password is set, the session is in a cookie", sessionSchema),
    410: problem("The link was used, has expired, or never was"),
    422: problem("The password is too short"),
    429: problem("Too many attempts"),
  },
});

export const catalogueRoute = createRoute({
  method: "get",
  path: "/api/console/catalogue",
  tags: ["API keys"],
  summary: "The categories, and the permissions of each",
  security: cookie,
  responses: { 200: answer("The catalogue", catalogueSchema), ...reads },
});

export const listKeysRoute = createRoute({
  method: "get",
  path: "/api/console/keys",
  tags: ["API keys"],
  summary: "The account's API keys",
  security: cookie,
  request: { query: keyQuerySchema },
  responses: { 200: answer("One page", keyListSchema), ...reads, 422: changes[422] },
});

export const createKeyRoute = createRoute({
  method: "post",
  path: "/api/console/keys",
  tags: ["API keys"],
  summary: "Make an API key",
  security: cookie,
  request: body(newKeySchema),
  responses: {
    201: answer("The key, and its four values: never shown again", keyWithCredentialsSchema),
    ...changes,
    409: problem("The account has 100 keys (`key_limit`)"),
  },
});

export const readKeyRoute = createRoute({
  method: "get",
  path: "/api/console/keys/{keyId}",
  tags: ["API keys"],
  summary: "One key",
  security: cookie,
  request: { params: keyPath },
  responses: { 200: answer("The key", keySchema), ...reads, ...missing, 422: changes[422] },
});

export const editKeyRoute = createRoute({
  method: "patch",
  path: "/api/console/keys/{keyId}",
  tags: ["API keys"],
  summary: "Edit a key; what is left out stays",
  security: cookie,
  request: { params: keyPath, ...body(keyChangeSchema) },
  responses: {
    200: answer("The key as it is now", keySchema),
    ...changes,
    ...missing,
    409: problem("Somebody else changed it since (`stale`)"),
  },
});

export const deleteKeyRoute = createRoute({
  method: "delete",
  path: "/api/console/keys/{keyId}",
  tags: ["API keys"],
  summary: "Refused: there is no deleting",
  security: cookie,
  request: { params: z.object({ keyId: z.string() }) },
  responses: { 405: problem("Keys are never deleted; disable it instead"), ...reads },
});

export const enableKeyRoute = createRoute({
  method: "post",
  path: "/api/console/keys/{keyId}/enable",
  tags: ["API keys"],
  summary: "Enable a key",
  security: cookie,
  request: { params: keyPath },
  responses: { 200: answer("The key as it is now", keySchema), ...changes, ...missing },
});

export const disableKeyRoute = createRoute({
  method: "post",
  path: "/api/console/keys/{keyId}/disable",
  tags: ["API keys"],
  summary: "Disable a key: within 5 seconds it works no more",
  security: cookie,
  request: { params: keyPath },
  responses: { 200: answer("The key as it is now", keySchema), ...changes, ...missing },
});

export const rotateKeyRoute = createRoute({
  method: "post",
  path: "/api/console/keys/{keyId}/rotate",
  tags: ["API keys"],
  summary: "Give a key fresh secrets; the old ones work for the overlap",
  security: cookie,
  request: { params: keyPath, ...body(rotationSchema) },
  responses: {
    200: answer("The key, and its values: never shown again", keyWithCredentialsSchema),
    ...changes,
    ...missing,
  },
});

export const keyAuditRoute = createRoute({
  method: "get",
  path: "/api/console/keys/{keyId}/audit",
  tags: ["Audit"],
  summary: "What was changed of a key, by whom and when",
  security: cookie,
  request: { params: keyPath, query: auditQuerySchema },
  responses: {
    200: answer("One page, the newest first", auditPageSchema),
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
  summary: "What was changed in the account, by whom and when",
  security: cookie,
  request: { query: auditQuerySchema },
  responses: {
    200: answer("One page, the newest first", auditPageSchema),
    ...reads,
    403: changes[403],
    422: changes[422],
  },
});

export const listUsersRoute = createRoute({
  method: "get",
  path: "/api/console/users",
  tags: ["Users"],
  summary: "The account's users",
  security: cookie,
  responses: {
    200: answer("All of them", z.object({ users: z.array(userSchema) })),
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
  summary: "Change a user's role, or let a user sign in no more",
  security: cookie,
  request: { params: userPath, ...body(userChangeSchema) },
  responses: { 200: answer("The user as it is now", userSchema), ...changes, ...missing },
});

export const createLinkRoute = createRoute({
  method: "post",
  path: "/api/console/users/{userId}/one-time-link",
  tags: ["Users"],
  summary: "Make another one-time link; an earlier one works no more",
  security: cookie,
  request: { params: userPath },
  responses: { 201: answer("The link", linkSchema), ...changes, ...missing },
});
