import { ROLES } from "../database/schema.js";

export { ROLES };

/** The role of a user in the account. */
export type Role = (typeof ROLES)[number];

/** Returns true if a role may create, change and rotate keys, and read the audit log. */
export function managesKeys(role: Role): boolean {
  return role === "Administrator" || role === "Campaign Manager";
}

/** Returns true if a role may add and change users. */
export function managesUsers(role: Role): boolean {
  return role === "Administrator";
}

/** Returns true if a bot may sign in with this role. No key gives administrator rights. */
export function isAgent(role: Role): boolean {
  return role === "Agent" || role === "Agent Manager";
}
