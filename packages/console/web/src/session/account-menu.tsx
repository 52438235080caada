import { useState } from "preact/hooks";
import { BusyButton } from "../components/busy-button.js";
import { leavePage } from "../components/leave-guard.js";
import { Problem } from "../components/problem.js";
import { askApi, type Session } from "./console-api.js";
import { useSession } from "./session.js";

/** Shows the signed-in user and a button to sign out. */
export function AccountMenu() {
  const { session, setSession } = useSession();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  if (!session) return null;
  const signOut = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      // The session can have ended, or another tab can have replaced it.
      const open = await askApi<Session | undefined>("/session");
      if (open) await askApi("/session", { method: "DELETE", csrfToken: open.csrfToken });
      setSession(null);
    } catch (error) {
      setProblem(`You are still signed in. ${(error as Error).message}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="account-menu">
      <Problem message={problem} />
      <a
        href="/account"
        class="own-name"
        title={`Your account: ${session.user.role} of account ${session.account.id}`}
      >
        {session.user.username}
      </a>
      <BusyButton
        type="button"
        class="quiet"
        isBusy={isBusy}
        onClick={() => leavePage(() => void signOut())}
      >
        Sign out
      </BusyButton>
    </div>
  );
}
