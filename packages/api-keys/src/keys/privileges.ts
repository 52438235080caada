import type { Catalogue } from "../catalogue/catalogue.js";
import { rejectInput } from "../validate.js";

/** The permissions of a key, all of one category. */
export interface Privileges {
  readonly category: string;
  readonly permissions: readonly string[];
}

/** Throws `ERR_INPUT` if the catalogue lacks the category, or the category lacks a permission. */
export function requirePrivileges(catalogue: Catalogue, privileges: Privileges): void {
  const category = catalogue.categories.find(({ id }) => id === privileges.category);
  if (category === undefined) {
    const known = catalogue.categories.map(({ id }) => id).join(", ");
    throw rejectInput([{ path: "/category", message: `must be one of ${known}` }]);
  }
  const faults = privileges.permissions.flatMap((permission, at) => {
    const path = `/permissions/${at}`;
    if (!category.permissions.some(({ id }) => id === permission)) {
      return [{ path, message: `${category.name} has no permission "${permission}"` }];
    }
    return privileges.permissions.indexOf(permission) === at
      ? []
      : [{ path, message: `"${permission}" must be listed only once` }];
  });
  if (faults.length > 0) throw rejectInput(faults);
}
