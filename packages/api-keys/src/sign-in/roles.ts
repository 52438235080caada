import { ROLES } from "../database/schema.js";

export { ROLES };

/** What a user is in the account. */
export type Role = (typeof ROLES)[number];

/** Whether a role may create, edit, disable, enable and rotate keys, and read the audit log. */
export function managesKeys(role: Role): boolean {
  return role === "Administrator" || role === "Campaign Manager";
}

/** Whether a role may add and change users. */
export function managesUsers(role: Role): boolean {
  return role === "Administrator";
}

/** Whether a bot may sign in as a user of this role: no key makes its holder an administrator. */
export function isAgent(role: Role): boolean {
  return role === "Agent" || role === "Agent Manager";
}
