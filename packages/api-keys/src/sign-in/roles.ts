/** The roles of people who sign in to the console. */
export const MEMBER_ROLES = ["Administrator", "Campaign Manager", "Viewer"] as const;

/** The roles of the agents that bots sign in as. */
export const AGENT_ROLES = ["Agent Manager", "Agent"] as const;

/** The roles of users. */
export const ROLES = [...MEMBER_ROLES, ...AGENT_ROLES] as const;

/** The role of a user in the account. */
export type Role = (typeof ROLES)[number];

/**
 * Returns true if a role may create, change and rotate keys.
 *
 * @example
 * ```ts
 * import { managesKeys } from "@oauth1/api-keys/admin";
 *
 * managesKeys("Campaign Manager"); // true
 * managesKeys("Viewer"); // false
 * ```
 */
export function managesKeys(role: Role): boolean {
  return role === "Administrator" || role === "Campaign Manager";
}

/**
 * Returns true if a role may add and change users.
 *
 * @example
 * ```ts
 * import { managesUsers } from "@oauth1/api-keys/admin";
 *
 * managesUsers("Administrator"); // true
 * managesUsers("Campaign Manager"); // false
 * ```
 */
export function managesUsers(role: Role): boolean {
  return role === "Administrator";
}

/**
 * Returns true if a role may read the audit log.
 *
 * @example
 * ```ts
 * import { readsActivity } from "@oauth1/api-keys/admin";
 *
 * readsActivity("Viewer"); // true
 * readsActivity("Agent"); // false
 * ```
 */
export function readsActivity(role: Role): boolean {
  return MEMBER_ROLES.some((memberRole) => memberRole === role);
}

/** Returns true if a bot may sign in with this role. No key gives administrator rights. */
export function isAgent(role: Role): boolean {
  return AGENT_ROLES.some((agentRole) => agentRole === role);
}
