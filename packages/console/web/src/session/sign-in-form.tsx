import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { BusyButton } from "../components/busy-button.js";
import { Problem } from "../components/problem.js";
import { askApi, type Session } from "./console-api.js";

interface Props {
  /** The session that has ended: the same user signs in again. */
  readonly ended?: Session;
  readonly onSignedIn: (session: Session) => void;
}

/** The form to sign in: user name, password, and an optional account. */
export function SignInForm({ ended, onSignedIn }: Props) {
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(
    () => form.current?.querySelector<HTMLInputElement>("input:not([readonly])")?.focus(),
    [],
  );

  const signIn = async (fields: FormData) => {
    const account = ended?.account.id ?? String(fields.get("account")).trim();
    const body = {
      ...(account !== "" && { account }),
      username: fields.get("username"),
      password: fields.get("password"),
    };
    setBusy(true);
    setProblem(undefined);
    try {
      onSignedIn(await askApi<Session>("/session", { method: "POST", body }));
    } catch (error) {
      setProblem((error as Error).message);
      setBusy(false);
    }
  };

  return (
    <form
      ref={form}
      onInput={() => setProblem(undefined)}
      onSubmit={(event) => {
        event.preventDefault();
        signIn(new FormData(event.currentTarget));
      }}
    >
      <label>
        User name
        <input
          name="username"
          autocomplete="username"
          required
          value={ended?.user.username}
          readOnly={ended !== undefined}
        />
      </label>
      <label>
        Password
        <input name="password" type="password" autocomplete="current-password" required />
      </label>
      {ended === undefined && (
        <details>
          <summary>Sign in to another account</summary>
          <label>
            Account <small>(leave empty for the default account)</small>
            <input name="account" autocomplete="organization" />
          </label>
        </details>
      )}
      <Problem message={problem} />
      <BusyButton type="submit" isBusy={isBusy}>
        Sign in
      </BusyButton>
    </form>
  );
}
