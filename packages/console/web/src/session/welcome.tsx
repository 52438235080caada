import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { askApi, type Session } from "./console-api.js";
import { useSession } from "./session.js";

const MINIMUM_LENGTH = 12;

/** The page of a one-time link, to set a password. The token is in the fragment. */
export default function Welcome() {
  const { setSession } = useSession();
  const { route } = useLocation();
  const [token] = useState(() => location.hash.slice(1));
  const [username, setUsername] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  useEffect(() => {
    // Keeps the token out of the history and off a shared screen.
    history.replaceState(null, "", location.pathname);
    askApi<{ username: string }>("/one-time-link", { method: "POST", body: { token } }).then(
      (link) => setUsername(link.username),
      () =>
        setProblem("This link is invalid, used or expired. Ask an administrator for a new one."),
    );
  }, [token]);

  const setPassword = async (form: HTMLFormElement) => {
    const fields = new FormData(form);
    const password = String(fields.get("password"));
    if (password.length < MINIMUM_LENGTH) {
      setProblem(`The password must have at least ${MINIMUM_LENGTH} characters.`);
      return;
    }
    if (password !== fields.get("again")) {
      setProblem("The passwords do not match.");
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const body = { token, password };
      setSession(await askApi<Session>("/password", { method: "POST", body }));
      route("/api-keys", true);
    } catch (error) {
      setProblem((error as Error).message);
      setBusy(false);
    }
  };

  return (
    <section class="page narrow">
      <h1>Welcome</h1>
      {username === undefined ? (
        <p role="alert" class={problem === undefined ? "lead" : "problem"}>
          {problem ?? "Checking the link…"}
        </p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setPassword(event.currentTarget);
          }}
        >
          <p class="lead">
            Choose a password for <strong>{username}</strong>.
          </p>
          <input type="hidden" name="username" autocomplete="username" value={username} />
          <label>
            Password <small>(at least {MINIMUM_LENGTH} characters)</small>
            <input
              name="password"
              type="password"
              autocomplete="new-password"
              required
              maxLength={256}
            />
          </label>
          <label>
            Confirm password
            <input
              name="again"
              type="password"
              autocomplete="new-password"
              required
              maxLength={256}
            />
          </label>
          <p role="alert" class={problem === undefined ? undefined : "problem"}>
            {problem}
          </p>
          <button type="submit" aria-busy={isBusy} disabled={isBusy}>
            Set password and sign in
          </button>
        </form>
      )}
    </section>
  );
}
