import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Verifier } from "@oauth1/verifier";
import { honoVerifier, verifiedRequest } from "@oauth1/verifier/hono";
import type { ApplicationCaller } from "../applications/application-credentials.js";
import { whoamiRoute } from "./account-routes.js";
import type { ApiEnvironment } from "./api-app.js";
import { HttpProblem } from "./problem.js";

/** Adds the resource that accepts the tokens of applications. */
export function addWhoamiApi(
  app: OpenAPIHono<ApiEnvironment>,
  verifier: Verifier<ApplicationCaller>,
): void {
  app.use("/api/account/:accountId/whoami", honoVerifier(verifier) as never);
  app.openapi(whoamiRoute, (context) => {
    const { caller, client } = verifiedRequest<ApplicationCaller>(context.req);
    const { accountId } = context.req.valid("param");
    if (caller?.accountId !== accountId) {
      throw new HttpProblem(403, "account_mismatch", "the application belongs to another account");
    }
    const { applicationName, user } = caller;
    context.header("Cache-Control", "no-store");
    return context.json(
      {
        account: accountId,
        user: { id: user.id, username: user.username, role: user.role },
        application: { name: applicationName, client: client.identifier },
      },
      200,
    );
  });
}
