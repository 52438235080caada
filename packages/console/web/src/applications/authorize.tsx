import { useEffect, useRef } from "preact/hooks";
import { useLocation } from "preact-iso";
import { publicPath } from "../public-path.js";
import { useSession } from "../session/session.js";
import { SignedIn } from "../session/signed-in.js";

/** Lets a user sign in who comes from an application, and goes on to the consent page. */
export default function AuthorizePage() {
  const { session } = useSession();
  const { oauth_token: token = "", other_account: other } = useLocation().query;
  // The user who was signed in when the page was opened belongs to another account.
  const wrongUser = useRef<string>(undefined);
  if (other !== undefined && session) wrongUser.current ??= session.user.id;
  return (
    <SignedIn>
      {session && session.user.id === wrongUser.current ? (
        <OtherAccount />
      ) : (
        <ToConsentPage token={token} />
      )}
    </SignedIn>
  );
}

function ToConsentPage({ token }: { readonly token: string }) {
  useEffect(() => {
    // The browser sends the session's cookie, because it now comes from this site.
    const query = new URLSearchParams({ oauth_token: token });
    location.replace(`${publicPath}/oauth/authorize?${query}`);
  }, [token]);
  return <p aria-busy="true">Loading…</p>;
}

function OtherAccount() {
  const { session } = useSession();
  return (
    <section class="page narrow">
      <h1>Sign in to another account</h1>
      <p>
        The application belongs to another account than {session?.account.name}, in which you are
        signed in as {session?.user.username}. Sign out, then sign in to that account.
      </p>
    </section>
  );
}
