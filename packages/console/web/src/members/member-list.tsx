import type { Member } from "@oauth1/api-keys/admin";
import { useCallback, useEffect, useState } from "preact/hooks";
import { dateAndTime } from "../api-keys/date-and-time.js";
import { Problem } from "../components/problem.js";
import { useApi, useSession } from "../session/session.js";
import { SignedIn } from "../session/signed-in.js";
import { MemberState } from "./member-state.js";
import { NewMember } from "./new-member.js";
import { type NewLink, OneTimeLinkDialog } from "./one-time-link.js";
import { OnlyAdministrators } from "./only-administrators.js";
import { isAgentRole } from "./roles.js";

/** The users of the account: people, and the agents that bots sign in as. */
export default function MembersPage() {
  return (
    <SignedIn>
      <OnlyAdministrators title="Members">
        <Members />
      </OnlyAdministrators>
    </SignedIn>
  );
}

function Members() {
  const ask = useApi();
  const { session } = useSession();
  const [members, setMembers] = useState<readonly Member[]>();
  const [problem, setProblem] = useState<string>();
  const [adding, setAdding] = useState<"member" | "agent">();
  const [invited, setInvited] = useState<{ username: string; link: NewLink }>();
  const read = useCallback(() => {
    ask<{ users: Member[] }>("/users").then(
      ({ users }) => {
        setMembers(users);
        setProblem(undefined);
      },
      (error: Error) => setProblem(error.message),
    );
  }, [ask]);
  useEffect(read, [read]);

  const people = members?.filter(({ role }) => !isAgentRole(role));
  const agents = members?.filter(({ role }) => isAgentRole(role));
  return (
    <section class="page" aria-busy={members === undefined && problem === undefined}>
      <div class="title-row">
        <div>
          <h1>Members</h1>
          <p class="lead">
            The people who can sign in to {session?.account.name}. API keys belong to the account,
            so they continue to work after a member has left.
          </p>
        </div>
        <button type="button" class="fit" onClick={() => setAdding("member")}>
          Invite member
        </button>
      </div>
      <Problem message={problem} />
      {people && <MemberTable label="Members" members={people} ownId={session?.user.id} />}
      {agents && (
        <>
          <div class="title-row section-title">
            <div>
              <h2>Agents for bots</h2>
              <p class="lead">
                A bot signs in as an agent with an API key that has the permission User Login.
              </p>
            </div>
            <button type="button" class="fit secondary outline" onClick={() => setAdding("agent")}>
              Add agent
            </button>
          </div>
          {agents.length === 0 ? (
            <p>There are no agents yet.</p>
          ) : (
            <MemberTable label="Agents for bots" members={agents} ownId={session?.user.id} />
          )}
        </>
      )}
      {adding && (
        <NewMember
          kind={adding}
          onClose={() => setAdding(undefined)}
          onAdded={({ username }, link) => {
            setAdding(undefined);
            // A bot needs no password.
            if (adding === "member") setInvited({ username, link });
            read();
          }}
        />
      )}
      {invited && <OneTimeLinkDialog {...invited} onClose={() => setInvited(undefined)} />}
    </section>
  );
}

interface TableProps {
  readonly label: string;
  readonly members: readonly Member[];
  readonly ownId: string | undefined;
}

function MemberTable({ label, members, ownId }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
    <section class="table-scroll" aria-label={label} tabIndex={0}>
      <table class="cards members">
        <thead>
          <tr>
            <th scope="col">User name</th>
            <th scope="col">Role</th>
            <th scope="col">Open sessions</th>
            <th scope="col">Last seen</th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.id}>
              <td>
                <a href={`/members/${member.id}`}>{member.username}</a>{" "}
                {member.id === ownId && <span class="source">you</span>}
                <MemberState member={member} />
              </td>
              <td data-label="Role">{member.role}</td>
              <td data-label="Open sessions">{member.openSessions}</td>
              <td data-label="Last seen" class="date">
                {member.lastSeenAt === null ? "not signed in" : dateAndTime(member.lastSeenAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
