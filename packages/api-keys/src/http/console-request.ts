import type { Context } from "hono";
import type { Actor } from "../audit/actor.js";
import type { Idempotency } from "../keys/idempotency.js";
import { managesKeys, managesUsers, type Role, readsActivity } from "../sign-in/roles.js";
import type { ApiEnvironment } from "./api-app.js";
import { HttpProblem } from "./problem.js";

/** Returns the account of the signed-in user. */
export function accountOf(context: Context<ApiEnvironment>): string {
  return context.var.session.user.accountId;
}

/** Returns the idempotency key of a request. */
export function once(context: Context): Idempotency {
  return { idempotencyKey: context.req.header("Idempotency-Key") };
}

/** Returns the signed-in user, who must be allowed to manage keys. */
export function keyManager(context: Context<ApiEnvironment>): Actor {
  return actorIf(context, managesKeys, "Administrator or Campaign Manager");
}

/** Returns the signed-in user, who must be allowed to read the audit log. */
export function activityReader(context: Context<ApiEnvironment>): Actor {
  return actorIf(context, readsActivity, "Administrator, Campaign Manager or Viewer");
}

/** Returns the signed-in user, who must be allowed to manage users and applications. */
export function userManager(context: Context<ApiEnvironment>): Actor {
  return actorIf(context, managesUsers, "Administrator");
}

function actorIf(
  context: Context<ApiEnvironment>,
  may: (role: Role) => boolean,
  needed: string,
): Actor {
  const { user } = context.var.session;
  if (!may(user.role)) {
    throw new HttpProblem(
      403,
      "role_insufficient",
      `you need the role ${needed}; ${user.username} has the role ${user.role}`,
    );
  }
  return { id: user.id, name: user.username, address: context.var.clientAddress };
}
