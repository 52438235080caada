import type { Role } from "@oauth1/api-keys/admin";

/** The roles of people, with what each can do. */
export const MEMBER_ROLES = {
  Administrator: "Manages members and API keys, and sees the activity.",
  "Campaign Manager": "Manages API keys, and sees the activity.",
  Viewer: "Sees API keys and the activity, and changes nothing.",
} as const satisfies Partial<Record<Role, string>>;

/** The roles of the agents that bots sign in as. */
export const AGENT_ROLES = {
  Agent: "A bot answers as this agent.",
  "Agent Manager": "A bot answers as this agent, and manages other agents.",
} as const satisfies Partial<Record<Role, string>>;

/** Returns true if bots, and not people, have this role. */
export function isAgentRole(role: Role): boolean {
  return role in AGENT_ROLES;
}
