import { useState } from "preact/hooks";
import { BusyButton } from "../components/busy-button.js";
import { Field } from "../components/field.js";
import { Problem } from "../components/problem.js";
import { ConsoleProblem, type Session } from "../session/console-api.js";
import { useApi, useSession } from "../session/session.js";

const MINIMUM_LENGTH = 12;

const EMPTY = { currentPassword: "", newPassword: "", confirmed: "" };
type Fields = typeof EMPTY;
type Faults = Partial<Fields>;

/** The form for a new password. An error disappears when its field is corrected. */
export function ChangePassword({ username }: { readonly username: string }) {
  const ask = useApi();
  const { setSession } = useSession();
  const [fields, setFields] = useState(EMPTY);
  const [wasTried, setTried] = useState(false);
  const [isRejected, setRejected] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [isSaved, setSaved] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const faults: Faults = {
    ...(wasTried ? faultsOf(fields) : {}),
    ...(isRejected && { currentPassword: "This is not your current password." }),
  };

  const change = async (form: HTMLFormElement) => {
    setTried(true);
    setSaved(false);
    setProblem(undefined);
    const [wrong] = Object.keys(faultsOf(fields));
    if (wrong !== undefined) {
      form.querySelector<HTMLElement>(`[name="${wrong}"]`)?.focus();
      return;
    }
    setBusy(true);
    try {
      const { currentPassword, newPassword } = fields;
      const body = { currentPassword, newPassword };
      setSession(await ask<Session>("/password", { method: "PUT", body }));
      setFields(EMPTY);
      setTried(false);
      setSaved(true);
    } catch (error) {
      if (error instanceof ConsoleProblem && error.code === "invalid_input") {
        setRejected(true);
        form.querySelector<HTMLElement>('[name="currentPassword"]')?.focus();
      } else setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };

  const field = (
    name: keyof Fields,
    label: string,
    autocomplete: "current-password" | "new-password",
    hint?: string,
  ) => (
    <Field label={label} name={name} fault={faults[name]} {...(hint && { hint })}>
      {(attributes) => (
        <input
          {...attributes}
          type="password"
          autocomplete={autocomplete}
          value={fields[name]}
          onInput={(event) => {
            setFields({ ...fields, [name]: event.currentTarget.value });
            if (name === "currentPassword") setRejected(false);
            setProblem(undefined);
            setSaved(false);
          }}
        />
      )}
    </Field>
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        change(event.currentTarget);
      }}
    >
      <h2>Password</h2>
      {/* Tells password managers whose password it is. */}
      <input type="hidden" name="username" autocomplete="username" value={username} />
      {field("currentPassword", "Current password", "current-password")}
      {field(
        "newPassword",
        "New password",
        "new-password",
        `at least ${MINIMUM_LENGTH} characters`,
      )}
      {field("confirmed", "Confirm new password", "new-password")}
      <Problem message={problem} />
      <div class="actions">
        <BusyButton type="submit" isBusy={isBusy}>
          Change password
        </BusyButton>
        <span aria-live="polite" class="good">
          {isSaved && "Your password is changed. Your other sessions have ended."}
        </span>
      </div>
    </form>
  );
}

function faultsOf({ currentPassword, newPassword, confirmed }: Fields): Faults {
  return {
    ...(currentPassword === "" && { currentPassword: "Enter your current password." }),
    ...(newPassword.length < MINIMUM_LENGTH && {
      newPassword: `Enter at least ${MINIMUM_LENGTH} characters.`,
    }),
    ...(confirmed !== newPassword && { confirmed: "The passwords do not match." }),
  };
}
