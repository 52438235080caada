import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { askApi, type Session } from "./console-api.js";
import { useSession } from "./session.js";

/** The form to sign in: user name, password, and an optional account. */
export function SignIn() {
  const { setSession } = useSession();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const name = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => name.current?.focus(), []);

  const signIn = async (form: HTMLFormElement) => {
    const fields = new FormData(form);
    setBusy(true);
    setProblem(undefined);
    try {
      const account = String(fields.get("account")).trim();
      const body = {
        ...(account !== "" && { account }),
        username: fields.get("username"),
        password: fields.get("password"),
      };
      setSession(await askApi<Session>("/session", { method: "POST", body }));
    } catch (error) {
      setProblem((error as Error).message);
      setBusy(false);
    }
  };

  return (
    <section class="page narrow">
      <h1>Sign in</h1>
      <p class="lead">Sign in to see and manage the API keys of your account.</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          signIn(event.currentTarget);
        }}
      >
        <label>
          User name
          <input ref={name} name="username" autocomplete="username" required maxLength={100} />
        </label>
        <label>
          Password
          <input
            name="password"
            type="password"
            autocomplete="current-password"
            required
            maxLength={256}
          />
        </label>
        <details>
          <summary>Sign in to another account</summary>
          <label>
            Account <small>(leave empty for the default account)</small>
            <input name="account" autocomplete="organization" maxLength={32} />
          </label>
        </details>
        <p role="alert" class={problem === undefined ? undefined : "problem"}>
          {problem}
        </p>
        <button type="submit" aria-busy={isBusy} disabled={isBusy}>
          Sign in
        </button>
      </form>
      <p class="lead">
        First time here? The server printed a one-time link for the administrator when it started.
        Other users get a link from an administrator.
      </p>
    </section>
  );
}
