import type { Member } from "@oauth1/api-keys/admin";
import { dateAndTime } from "../api-keys/date-and-time.js";
import { isAgentRole } from "./roles.js";

/** Shows if a member is disabled, is only invited, or has an open link. */
export function MemberState({ member }: { readonly member: Member }) {
  const { enabled, hasPassword, linkExpiresAt, role } = member;
  if (!enabled) return <span class="source disabled">disabled</span>;
  if (linkExpiresAt !== null && !isAgentRole(role)) {
    return (
      <small class="description">
        {hasPassword ? "Can reset the password" : "Invited: the link works"} until{" "}
        {dateAndTime(linkExpiresAt)}
      </small>
    );
  }
  if (hasPassword || isAgentRole(role)) return null;
  return <small class="description bad">No valid invitation: create a link</small>;
}
