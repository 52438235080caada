import type { VerifiedEnv } from "@oauth1/verifier/hono";
import type { MiddlewareHandler } from "hono";
import { type Catalogue, permissionName } from "../catalogue/catalogue.js";
import { answerProblem, HttpProblem } from "../http/problem.js";
import type { KeyCaller } from "./credential-store.js";

/**
 * May this key call that API?
 *
 * @param caller - What the verifier found.
 * @param permission - An identifier of the catalogue.
 *
 * @example
 * ```ts
 * const caller = { category: "data", permissions: ["data-access"] };
 * mayCall(caller, "data-access"); // true
 * mayCall(caller, "user-login"); // false
 * ```
 */
export function mayCall(caller: Pick<KeyCaller, "permissions">, permission: string): boolean {
  return caller.permissions.includes(permission);
}

/**
 * Middleware for Hono, after `honoVerifier`: answers 403 and names the permission that the key has
 * not, where it has not.
 *
 * @param permission - An identifier of the catalogue.
 */
export function requirePermission(
  { catalogue }: { readonly catalogue: Catalogue },
  permission: string,
): MiddlewareHandler<VerifiedEnv<KeyCaller>> {
  return async (context, next) => {
    const caller = context.var.oauth1.caller;
    if (caller !== undefined && mayCall(caller, permission)) return next();
    return answerProblem(context, permissionMissing(catalogue, permission));
  };
}

/** The 403 that names what the key would need. */
export function permissionMissing(catalogue: Catalogue, id: string): HttpProblem {
  const name = permissionName(catalogue, id);
  return new HttpProblem(
    403,
    "permission_missing",
    `the API key has not the permission "${name}"; an administrator can give it to the key`,
    { missingPermission: { id, name } },
  );
}
