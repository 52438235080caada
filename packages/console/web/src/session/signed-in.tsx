import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { BusyButton } from "../components/busy-button.js";
import { Problem } from "../components/problem.js";
import { useSession } from "./session.js";
import { SignIn } from "./sign-in.js";

/** Shows its children to signed-in users, and the sign-in page to others. */
export function SignedIn({ children }: { readonly children: ComponentChildren }) {
  const { session, problem } = useSession();
  if (session === undefined) {
    return problem === undefined ? <p aria-busy="true">Loading…</p> : <Unknown problem={problem} />;
  }
  return session === null ? <SignIn /> : children;
}

/** The server cannot say whether the user is signed in, so the page must not ask for a password. */
function Unknown({ problem }: { readonly problem: string }) {
  const { readAgain } = useSession();
  const [isBusy, setBusy] = useState(false);
  return (
    <section class="page narrow">
      <h1>The server is unavailable</h1>
      <Problem message={problem} />
      <BusyButton
        type="button"
        class="fit"
        isBusy={isBusy}
        onClick={() => {
          setBusy(true);
          readAgain().finally(() => setBusy(false));
        }}
      >
        Try again
      </BusyButton>
    </section>
  );
}
