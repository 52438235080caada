import type { VerifiedEnv } from "@oauth1/verifier/hono";
import type { MiddlewareHandler } from "hono";
import { ApiKeysError } from "../api-keys-error.js";
import { type Catalogue, permissionName } from "../catalogue/catalogue.js";
import { checkArguments } from "../check-arguments.js";
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
  checkArguments({ caller, permission });
  return caller.permissions.includes(permission);
}

/**
 * Middleware for Hono, after `honoVerifier`: answers 403 and names the permission that the key has
 * not, where it has not.
 *
 * @param permission - An identifier of the catalogue.
 * @throws ApiKeysError `ERR_ARGUMENT` where the catalogue does not have the permission.
 */
export function requirePermission(
  installation: { readonly catalogue: Catalogue },
  permission: string,
): MiddlewareHandler<VerifiedEnv<KeyCaller>> {
  const { catalogue } = installation ?? {};
  checkArguments({ catalogue, permission });
  if (
    !catalogue.categories.some(({ permissions }) => permissions.some(({ id }) => id === permission))
  ) {
    throw new ApiKeysError("ERR_ARGUMENT", `permission "${permission}" is not in the catalogue`);
  }
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
