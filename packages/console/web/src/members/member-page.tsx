import type { Member, Role } from "@oauth1/api-keys/admin";
import { useCallback, useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { dateAndTime } from "../api-keys/date-and-time.js";
import { BusyButton } from "../components/busy-button.js";
import { useTitle } from "../components/page-title.js";
import { Problem } from "../components/problem.js";
import { Question } from "../components/question.js";
import type { Session } from "../session/console-api.js";
import { useApi, useSession } from "../session/session.js";
import { SignedIn } from "../session/signed-in.js";
import { MemberState } from "./member-state.js";
import { type NewLink, OneTimeLinkDialog } from "./one-time-link.js";
import { OnlyAdministrators } from "./only-administrators.js";
import { AGENT_ROLES, MEMBER_ROLES } from "./roles.js";
import { useAction } from "./use-action.js";

/** One member: role, password, sessions and status. */
export default function MemberPage() {
  return (
    <SignedIn>
      <OnlyAdministrators title="Member">
        <OneMember />
      </OnlyAdministrators>
    </SignedIn>
  );
}

function OneMember() {
  const { userId = "" } = useRoute().params;
  const ask = useApi();
  const { session, setSession } = useSession();
  const [member, setMember] = useState<Member>();
  const [problem, setProblem] = useState<string>();
  useTitle(member?.username ?? "Member");

  const read = useCallback(async () => {
    try {
      const { users } = await ask<{ users: Member[] }>("/users");
      const found = users.find(({ id }) => id === userId);
      setMember(found);
      setProblem(found ? undefined : "The account has no such member.");
    } catch (error) {
      setProblem((error as Error).message);
    }
  }, [ask, userId]);
  useEffect(() => void read(), [read]);

  const changed = async () => {
    // If users change themselves, the pages can show something else.
    if (userId === session?.user.id) setSession(await ask<Session>("/session"));
    await read();
  };
  const sections = member && { member, path: `/users/${member.id}`, onChanged: changed };
  return (
    <section class="page narrow" aria-busy={member === undefined && problem === undefined}>
      <p>
        <a href="/members">Members</a>
      </p>
      <h1>
        {member?.username ?? "Member"}{" "}
        {member?.id === session?.user.id && <span class="source">you</span>}
      </h1>
      {member && <MemberState member={member} />}
      <Problem message={problem} />
      {member && (
        <p class="lead">
          Added {dateAndTime(member.createdAt)}.{" "}
          <a href={`/activity?actor=${encodeURIComponent(member.username)}`}>
            What {member.username} has changed
          </a>
          , <a href={`/activity?userId=${member.id}`}>changes of this member</a>.
        </p>
      )}
      {sections && (
        <>
          <RoleSection {...sections} />
          <Password {...sections} />
          <Sessions {...sections} />
          <Status {...sections} />
        </>
      )}
    </section>
  );
}

interface SectionProps {
  readonly member: Member;
  /** The path of the member below `/api/console`. */
  readonly path: string;
  readonly onChanged: () => Promise<void>;
}

function RoleSection({ member, path, onChanged }: SectionProps) {
  const ask = useApi();
  const { isBusy, problem, clear, act } = useAction();
  const [role, setRole] = useState<Role>(member.role);
  const [isSaved, setSaved] = useState(false);
  const descriptions: Readonly<Record<string, string>> = { ...MEMBER_ROLES, ...AGENT_ROLES };
  const options = (roles: object) =>
    Object.keys(roles).map((name) => (
      <option key={name} value={name}>
        {name}
      </option>
    ));
  return (
    <form
      class="action-section"
      onSubmit={(event) => {
        event.preventDefault();
        act(async () => {
          await ask(path, { method: "PATCH", body: { role } });
          await onChanged();
          setSaved(true);
        });
      }}
    >
      <h2>Role</h2>
      <label>
        <span class="unseen">Role</span>
        <select
          value={role}
          onChange={(event) => {
            setRole(event.currentTarget.value as Role);
            setSaved(false);
            clear();
          }}
        >
          <optgroup label="People">{options(MEMBER_ROLES)}</optgroup>
          <optgroup label="Agents for bots">{options(AGENT_ROLES)}</optgroup>
        </select>
        <small class="description">{descriptions[role]}</small>
      </label>
      <Problem message={problem} />
      <div class="actions">
        <BusyButton type="submit" class="secondary outline" isBusy={isBusy}>
          Change role
        </BusyButton>
        <span aria-live="polite" class="good">
          {isSaved && role === member.role && "Saved."}
        </span>
      </div>
    </form>
  );
}

function Password({ member, path, onChanged }: SectionProps) {
  const ask = useApi();
  const { isBusy, problem, act } = useAction();
  const [link, setLink] = useState<NewLink>();
  const create = () =>
    act(async () => {
      setLink(await ask<NewLink>(`${path}/one-time-link`, { method: "POST" }));
      await onChanged();
    });
  return (
    <div class="action-section">
      <h2>Password</h2>
      <p>
        {member.hasPassword
          ? "With a one-time link, this member sets a new password. The current one works until then."
          : "This member has no password yet. With a one-time link, they set one."}{" "}
        {member.linkExpiresAt !== null &&
          `A link is open until ${dateAndTime(member.linkExpiresAt)}. A new link replaces it.`}
      </p>
      <Problem message={problem} />
      <BusyButton
        type="button"
        class="fit secondary outline"
        isBusy={isBusy}
        disabled={!member.enabled}
        onClick={create}
      >
        {member.hasPassword ? "Create reset link" : "Create invitation link"}
      </BusyButton>
      {!member.enabled && <small class="description">Enable this member first.</small>}
      {link && (
        <OneTimeLinkDialog
          username={member.username}
          link={link}
          onClose={() => setLink(undefined)}
        />
      )}
    </div>
  );
}

function Sessions({ member, path, onChanged }: SectionProps) {
  const ask = useApi();
  const { isBusy, problem, act } = useAction();
  const { openSessions, lastSeenAt } = member;
  return (
    <div class="action-section">
      <h2>Sessions</h2>
      <p>
        {openSessions === 0
          ? "No open sessions."
          : `${openSessions} open ${openSessions === 1 ? "session" : "sessions"}, last used ${lastSeenAt && dateAndTime(lastSeenAt)}. After you end them, this member must sign in again.`}
      </p>
      <Problem message={problem} />
      {openSessions > 0 && (
        <BusyButton
          type="button"
          class="fit secondary outline"
          isBusy={isBusy}
          onClick={() =>
            act(async () => {
              await ask(`${path}/sessions`, { method: "DELETE" });
              await onChanged();
            })
          }
        >
          End sessions
        </BusyButton>
      )}
    </div>
  );
}

function Status({ member, path, onChanged }: SectionProps) {
  const ask = useApi();
  const { isBusy, problem, clear, act } = useAction();
  const [isAsking, setAsking] = useState(false);
  const { enabled, username } = member;
  const change = () =>
    act(async () => {
      await ask(path, { method: "PATCH", body: { enabled: !enabled } });
      setAsking(false);
      await onChanged();
    });
  return (
    <div class="action-section">
      <h2>Status</h2>
      <p>
        {enabled
          ? "A disabled member cannot sign in. Members cannot be deleted, so that the activity stays complete."
          : "This member is disabled and cannot sign in."}
      </p>
      {!isAsking && <Problem message={problem} />}
      <BusyButton
        type="button"
        class="fit secondary outline"
        isBusy={isBusy}
        onClick={() => {
          clear();
          if (enabled) setAsking(true);
          else change();
        }}
      >
        {enabled ? "Disable" : "Enable"}
      </BusyButton>
      {isAsking && (
        <Question
          title={`Disable ${username}?`}
          confirm="Disable"
          cancel="Cancel"
          isBusy={isBusy}
          problem={problem}
          onConfirm={change}
          onCancel={() => setAsking(false)}
        >
          <p>
            All sessions of {username} end at once, and the open link stops working. API keys
            continue to work, because they belong to the account.
          </p>
        </Question>
      )}
    </div>
  );
}
