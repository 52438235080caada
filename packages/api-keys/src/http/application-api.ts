import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { editApplication, setApplicationEnabled } from "../applications/edit-application.js";
import { generateApplicationSecret } from "../applications/generate-secret.js";
import {
  listApplicationTokens,
  listOwnTokens,
  revokeApplicationToken,
  revokeOwnToken,
} from "../applications/granted-tokens.js";
import { listApplications, readApplication } from "../applications/read-applications.js";
import { registerApplication } from "../applications/register-application.js";
import type { Installation } from "../installation.js";
import type { ApiEnvironment } from "./api-app.js";
import * as routes from "./application-routes.js";
import { accountOf, once, userManager } from "./console-request.js";

/** The options of the part for applications. */
export interface ApplicationApiOptions {
  /** The path below which clients reach the server, or `""`. */
  readonly publicPath: string;
  /** Called with the client identifier of each application that changed or lost a token. */
  readonly onApplicationChanged: (clientIdentifier: string) => void;
}

/** Adds the part of the console's API for applications and the tokens that users granted. */
export function addApplicationApi(
  app: OpenAPIHono<ApiEnvironment>,
  installation: Installation,
  { publicPath, onApplicationChanged }: ApplicationApiOptions,
): void {
  app.openapi(routes.listApplicationsRoute, async (context) => {
    userManager(context);
    return context.json(await listApplications(installation, accountOf(context)), 200);
  });
  app.openapi(routes.registerApplicationRoute, async (context) => {
    const actor = userManager(context);
    const made = await registerApplication(
      installation,
      accountOf(context),
      actor,
      context.req.valid("json"),
      once(context),
    );
    onApplicationChanged(made.application.client.identifier);
    const path = `${publicPath}/api/console/applications/${made.application.id}`;
    context.header("Location", path);
    return context.json(made, 201);
  });
  app.openapi(routes.readApplicationRoute, async (context) => {
    userManager(context);
    const { applicationId } = context.req.valid("param");
    return context.json(
      await readApplication(installation, accountOf(context), applicationId),
      200,
    );
  });
  app.openapi(routes.editApplicationRoute, async (context) => {
    const actor = userManager(context);
    const { applicationId } = context.req.valid("param");
    const input = context.req.valid("json");
    const account = accountOf(context);
    const edited = await editApplication(installation, account, actor, applicationId, input);
    onApplicationChanged(edited.client.identifier);
    return context.json(edited, 200);
  });
  app.openapi(routes.enableApplicationRoute, async (context) =>
    context.json(await switchTo(context, context.req.valid("param").applicationId, true), 200),
  );
  app.openapi(routes.disableApplicationRoute, async (context) =>
    context.json(await switchTo(context, context.req.valid("param").applicationId, false), 200),
  );
  app.openapi(routes.generateSecretRoute, async (context) => {
    const actor = userManager(context);
    const { applicationId } = context.req.valid("param");
    const made = await generateApplicationSecret(
      installation,
      accountOf(context),
      actor,
      applicationId,
      context.req.valid("json"),
      once(context),
    );
    onApplicationChanged(made.application.client.identifier);
    return context.json(made, 200);
  });

  app.openapi(routes.applicationTokensRoute, async (context) => {
    userManager(context);
    const { applicationId } = context.req.valid("param");
    const query = context.req.valid("query");
    return context.json(
      await listApplicationTokens(installation, accountOf(context), applicationId, query),
      200,
    );
  });
  app.openapi(routes.revokeApplicationTokenRoute, async (context) => {
    const actor = userManager(context);
    const { applicationId, token } = context.req.valid("param");
    const account = accountOf(context);
    onApplicationChanged(
      await revokeApplicationToken(installation, account, actor, applicationId, token),
    );
    return context.body(null, 204);
  });
  app.openapi(routes.ownTokensRoute, async (context) =>
    context.json(await listOwnTokens(installation, context.var.session.user), 200),
  );
  app.openapi(routes.revokeOwnTokenRoute, async (context) => {
    const { id, username: name } = context.var.session.user;
    const actor = { id, name, address: context.var.clientAddress };
    const { token } = context.req.valid("param");
    onApplicationChanged(await revokeOwnToken(installation, actor, token));
    return context.body(null, 204);
  });

  async function switchTo(context: Context<ApiEnvironment>, id: string, enabled: boolean) {
    const actor = userManager(context);
    const account = accountOf(context);
    const changed = await setApplicationEnabled(installation, account, actor, id, enabled);
    onApplicationChanged(changed.client.identifier);
    return changed;
  }
}
