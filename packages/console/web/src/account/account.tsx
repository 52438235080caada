import { useSession } from "../session/session.js";
import { SignedIn } from "../session/signed-in.js";
import { ChangePassword } from "./change-password.js";
import { OwnSessions } from "./own-sessions.js";

/** The signed-in user: role, password and sessions. */
export default function AccountPage() {
  return (
    <SignedIn>
      <Account />
    </SignedIn>
  );
}

function Account() {
  const { session } = useSession();
  if (!session) return null;
  const { user, account } = session;
  return (
    <section class="page narrow">
      <h1>Your account</h1>
      <p class="lead">
        You are signed in as <strong>{user.username}</strong>, {user.role} of {account.name} (
        <span class="mono">{account.id}</span>).
      </p>
      <ChangePassword username={user.username} />
      {/* A new password ends the other sessions, and opens a new one. */}
      <OwnSessions key={session.csrfToken} />
    </section>
  );
}
