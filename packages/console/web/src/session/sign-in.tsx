import { useTitle } from "../components/page-title.js";
import { useSession } from "./session.js";
import { SignInForm } from "./sign-in-form.js";

/** The page to sign in. */
export function SignIn() {
  const { setSession } = useSession();
  useTitle("Sign in");
  return (
    <section class="page narrow">
      <h1>Sign in</h1>
      <p class="lead">Sign in to see and manage the API keys of your account.</p>
      <SignInForm onSignedIn={setSession} />
      <p class="lead">
        First time here? The server printed a one-time link for the administrator when it started.
        Other users get a link from an administrator.
      </p>
    </section>
  );
}
