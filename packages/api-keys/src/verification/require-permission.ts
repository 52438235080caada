import type { VerifiedEnv } from "@oauth1/verifier/hono";
import type { MiddlewareHandler } from "hono";
import { ApiKeysError } from "../api-keys-error.js";
import { type Catalogue, permissionName } from "../catalogue/catalogue.js";
import { checkArguments } from "../check-arguments.js";
import { answerProblem, HttpProblem } from "../http/problem.js";
import type { KeyCaller } from "./credential-store.js";

/**
 * Returns true if a key has a permission.
 *
 * @param caller - The caller that the verifier returned.
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
 * Creates Hono middleware to use after `honoVerifier`. If the key lacks the permission, it answers
 * 403 and names the permission.
 *
 * @param permission - An identifier of the catalogue.
 * @throws ApiKeysError `ERR_ARGUMENT` if the catalogue does not contain the permission.
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
    throw new ApiKeysError(
      "ERR_ARGUMENT",
      `permission must be in the catalogue; "${permission}" is not`,
    );
  }
  return async (context, next) => {
    const caller = context.var.oauth1.caller;
    if (caller !== undefined && mayCall(caller, permission)) return next();
    return answerProblem(context, permissionMissing(catalogue, permission));
  };
}

/** Returns the 403 problem that names the missing permission. */
export function permissionMissing(catalogue: Catalogue, id: string): HttpProblem {
  const name = permissionName(catalogue, id);
  return new HttpProblem(
    403,
    "permission_missing",
    `the API key does not have the permission "${name}"; an administrator can add it`,
    { missingPermission: { id, name } },
  );
}
