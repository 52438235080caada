import { createRoute, z } from "@hono/zod-openapi";
import {
  applicationChangeSchema,
  applicationListSchema,
  applicationSchema,
  applicationTokensSchema,
  applicationWithCredentialsSchema,
  newApplicationSchema,
  ownTokensSchema,
  tokenQuerySchema,
} from "../applications/application-schema.js";
import { rotationSchema } from "../keys/key-schema.js";
import {
  answer,
  body,
  changes,
  cookie,
  idempotent,
  missing,
  problem,
  reads,
} from "./console-routes.js";

const applicationPath = z.object({
  applicationId: z.string().max(100).openapi({ format: "uuid" }),
});
const tokenIdentifier = z.string().max(100);
const tags = ["Connected applications"];

export const listApplicationsRoute = createRoute({
  method: "get",
  path: "/api/console/applications",
  tags,
  summary: "List the applications of the account",
  security: cookie,
  responses: {
    200: answer("All applications, sorted by name", applicationListSchema),
    ...reads,
    403: changes[403],
  },
});

export const registerApplicationRoute = createRoute({
  method: "post",
  path: "/api/console/applications",
  tags,
  summary: "Register an application, which can then ask users for access",
  security: cookie,
  request: { headers: idempotent, ...body(newApplicationSchema) },
  responses: {
    201: answer(
      "The application and its client credentials, whose secret is never shown again",
      applicationWithCredentialsSchema,
    ),
    ...changes,
    409: problem("The account has 100 applications (`application_limit`)"),
  },
});

export const readApplicationRoute = createRoute({
  method: "get",
  path: "/api/console/applications/{applicationId}",
  tags,
  summary: "Get an application",
  security: cookie,
  request: { params: applicationPath },
  responses: {
    200: answer("The application", applicationSchema),
    ...reads,
    403: changes[403],
    ...missing,
    422: changes[422],
  },
});

export const editApplicationRoute = createRoute({
  method: "patch",
  path: "/api/console/applications/{applicationId}",
  tags,
  summary: "Edit an application; omitted fields stay as they are",
  security: cookie,
  request: { params: applicationPath, ...body(applicationChangeSchema) },
  responses: {
    200: answer("The updated application", applicationSchema),
    ...changes,
    ...missing,
    409: problem("The application was changed after it was read (`stale`)"),
  },
});

export const enableApplicationRoute = createRoute({
  method: "post",
  path: "/api/console/applications/{applicationId}/enable",
  tags,
  summary: "Enable an application",
  security: cookie,
  request: { params: applicationPath },
  responses: {
    200: answer("The updated application", applicationSchema),
    ...changes,
    ...missing,
  },
});

export const disableApplicationRoute = createRoute({
  method: "post",
  path: "/api/console/applications/{applicationId}/disable",
  tags,
  summary: "Disable an application; its tokens stop working within 5 seconds",
  security: cookie,
  request: { params: applicationPath },
  responses: {
    200: answer("The updated application", applicationSchema),
    ...changes,
    ...missing,
  },
});

export const generateSecretRoute = createRoute({
  method: "post",
  path: "/api/console/applications/{applicationId}/secret",
  tags,
  summary: "Generate a new secret; the current one works until the overlap ends",
  description: "A secret before the current one ends at once. Tokens do not change.",
  security: cookie,
  request: { params: applicationPath, headers: idempotent, ...body(rotationSchema) },
  responses: {
    200: answer(
      "The application and its client credentials, whose secret is never shown again",
      applicationWithCredentialsSchema,
    ),
    ...changes,
    ...missing,
  },
});

export const applicationTokensRoute = createRoute({
  method: "get",
  path: "/api/console/applications/{applicationId}/tokens",
  tags,
  summary: "List the tokens of an application: who has granted it access",
  security: cookie,
  request: { params: applicationPath, query: tokenQuerySchema },
  responses: {
    200: answer("One page, the newest token first", applicationTokensSchema),
    ...reads,
    403: changes[403],
    ...missing,
    422: changes[422],
  },
});

export const revokeApplicationTokenRoute = createRoute({
  method: "delete",
  path: "/api/console/applications/{applicationId}/tokens/{token}",
  tags,
  summary: "Revoke a token of an application; it stops working within 5 seconds",
  security: cookie,
  request: { params: applicationPath.extend({ token: tokenIdentifier }) },
  responses: {
    204: { description: "The token is revoked" },
    401: changes[401],
    403: changes[403],
    ...missing,
    422: changes[422],
  },
});

export const ownTokensRoute = createRoute({
  method: "get",
  path: "/api/console/tokens",
  tags,
  summary: "List the applications that you have granted access",
  security: cookie,
  responses: { 200: answer("Your tokens, the newest first", ownTokensSchema), ...reads },
});

export const revokeOwnTokenRoute = createRoute({
  method: "delete",
  path: "/api/console/tokens/{token}",
  tags,
  summary: "End the access of an application; its token stops working within 5 seconds",
  security: cookie,
  request: { params: z.object({ token: tokenIdentifier }) },
  responses: {
    204: { description: "The token is revoked" },
    401: changes[401],
    403: changes[403],
    404: problem("You have no token with this identifier"),
    422: changes[422],
  },
});
