import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { BusyButton } from "../components/busy-button.js";
import { Problem } from "../components/problem.js";
import { askApi, ConsoleProblem, type Session } from "./console-api.js";
import { useSession } from "./session.js";

const MINIMUM_LENGTH = 12;
const MAXIMUM_LENGTH = 256;

/** The page of a one-time link, to set a password. The token is in the fragment. */
export default function Welcome() {
  const [token] = useState(takeToken);
  const [username, setUsername] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    setProblem(undefined);
    askApi<{ username: string }>("/one-time-link", { method: "POST", body: { token } }).then(
      (link) => setUsername(link.username),
      (error) => setProblem(whyNot(error)),
    );
  }, [token, attempt]);

  return (
    <section class="page narrow">
      <h1>Welcome</h1>
      {username !== undefined ? (
        <PasswordForm token={token} username={username} />
      ) : problem === undefined ? (
        <p aria-busy="true">Checking the link…</p>
      ) : (
        <>
          <Problem message={problem} />
          <button type="button" class="fit" onClick={() => setAttempt(attempt + 1)}>
            Try again
          </button>
        </>
      )}
    </section>
  );
}

interface Props {
  readonly token: string;
  readonly username: string;
}

function PasswordForm({ token, username }: Props) {
  const { setSession } = useSession();
  const { route } = useLocation();
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [wasTried, setTried] = useState(false);
  const [rejection, setRejection] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const fault = faultOf(password, again);

  const save = async () => {
    setTried(true);
    if (fault !== undefined) return;
    setBusy(true);
    setRejection(undefined);
    try {
      const body = { token, password };
      setSession(await askApi<Session>("/password", { method: "POST", body }));
      route("/api-keys", true);
    } catch (error) {
      setRejection(whyNot(error));
      setBusy(false);
    }
  };

  const field = (label: string, hint: string, value: string, set: (text: string) => void) => (
    <label>
      {label} {hint && <small>({hint})</small>}
      <input
        type="password"
        autocomplete="new-password"
        required
        value={value}
        aria-invalid={wasTried && fault !== undefined ? "true" : undefined}
        onInput={(event) => {
          set(event.currentTarget.value);
          setRejection(undefined);
        }}
      />
    </label>
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <p class="lead">
        Choose a password for <strong>{username}</strong>.
      </p>
      <input type="hidden" name="username" autocomplete="username" value={username} />
      {field("Password", `at least ${MINIMUM_LENGTH} characters`, password, setPassword)}
      {field("Confirm password", "", again, setAgain)}
      <Problem message={rejection ?? (wasTried ? fault : undefined)} />
      <BusyButton type="submit" isBusy={isBusy}>
        Set password and sign in
      </BusyButton>
    </form>
  );
}

/**
 * Takes the token out of the address, so that it is not on a shared screen or in a copied address.
 * The state of the history entry keeps it for a reload.
 */
function takeToken(): string {
  const token = location.hash.slice(1);
  if (token === "") return String((history.state as { token?: string } | null)?.token ?? "");
  history.replaceState({ token }, "", location.pathname);
  return token;
}

function faultOf(password: string, again: string): string | undefined {
  if (password.length < MINIMUM_LENGTH) {
    return `The password must have at least ${MINIMUM_LENGTH} characters.`;
  }
  if (password.length > MAXIMUM_LENGTH) {
    return `The password must have at most ${MAXIMUM_LENGTH} characters.`;
  }
  return password === again ? undefined : "The passwords do not match.";
}

function whyNot(error: unknown): string {
  const isUnusable =
    error instanceof ConsoleProblem && ["link_unusable", "invalid_input"].includes(error.code);
  return isUnusable
    ? "This link is invalid, used or expired. Ask an administrator for a new one."
    : (error as Error).message;
}
