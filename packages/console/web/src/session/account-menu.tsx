import { useState } from "preact/hooks";
import { useApi, useSession } from "./session.js";

/** Shows the signed-in user and a button to sign out. */
export function AccountMenu() {
  const { session, setSession } = useSession();
  const ask = useApi();
  const [isBusy, setBusy] = useState(false);
  if (!session) return null;
  const signOut = async () => {
    setBusy(true);
    try {
      await ask("/session", { method: "DELETE" });
      setSession(null);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="account-menu">
      <a
        href="/account"
        class="own-name"
        title={`Your account: ${session.user.role} of account ${session.account.id}`}
      >
        {session.user.username}
      </a>
      <button type="button" class="quiet" disabled={isBusy} onClick={signOut}>
        Sign out
      </button>
    </div>
  );
}
