import { useEffect, useRef, useState } from "preact/hooks";
import { askApi, type Session } from "./console-api.js";
import { useSession } from "./session.js";

/** Name and password. */
export function SignIn() {
  const { setSession } = useSession();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const name = useRef<HTMLInputElement>(null);
  useEffect(() => name.current?.focus(), []);

  const signIn = async (form: HTMLFormElement) => {
    const fields = new FormData(form);
    setBusy(true);
    setProblem(undefined);
    try {
      const body = { username: fields.get("username"), password: fields.get("password") };
      setSession(await askApi<Session>("/session", { method: "POST", body }));
    } catch (error) {
      setProblem((error as Error).message);
      setBusy(false);
    }
  };

  return (
    <section class="page narrow">
      <h1>Sign in</h1>
      <p class="lead">The API keys of an account are for those who work in it.</p>
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
        <p role="alert" class={problem === undefined ? undefined : "problem"}>
          {problem}
        </p>
        <button type="submit" aria-busy={isBusy} disabled={isBusy}>
          Sign in
        </button>
      </form>
      <p class="lead">
        New here? The server printed a one-time link for the administrator when it first started.
        Others get theirs from an administrator.
      </p>
    </section>
  );
}
