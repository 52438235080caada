import type { User } from "@oauth1/api-keys/admin";
import { useId, useState } from "preact/hooks";
import { BusyButton } from "../components/busy-button.js";
import { Field } from "../components/field.js";
import { Modal } from "../components/modal.js";
import { Problem } from "../components/problem.js";
import { ConsoleProblem } from "../session/console-api.js";
import { useApi } from "../session/session.js";
import type { NewLink } from "./one-time-link.js";
import { AGENT_ROLES, MEMBER_ROLES } from "./roles.js";

interface Props {
  /** A person who signs in to the console, or an agent for bots. */
  readonly kind: "member" | "agent";
  readonly onAdded: (user: User, link: NewLink) => void;
  readonly onClose: () => void;
}

const WORDS = {
  member: { title: "Invite a member", action: "Create invitation", roles: MEMBER_ROLES },
  agent: { title: "Add an agent", action: "Add agent", roles: AGENT_ROLES },
} as const;

/** The form for a new member or agent. */
export function NewMember({ kind, onAdded, onClose }: Props) {
  const ask = useApi();
  const title = useId();
  const { title: heading, action, roles } = WORDS[kind];
  const names = Object.keys(roles);
  const [username, setUsername] = useState("");
  const [role, setRole] = useState(names.at(kind === "member" ? -1 : 0) ?? "");
  const [fault, setFault] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const save = async () => {
    setProblem(undefined);
    if (username.trim() === "") {
      setFault("Enter a user name.");
      return;
    }
    setBusy(true);
    try {
      const body = { username: username.trim(), role };
      const { user, link } = await ask<{ user: User; link: NewLink }>("/users", {
        method: "POST",
        body,
      });
      onAdded(user, link);
    } catch (error) {
      setBusy(false);
      const message = faultOfName(error);
      if (message === undefined) setProblem((error as Error).message);
      else setFault(message);
    }
  };

  return (
    <Modal labelledBy={title} focus="input" onCancel={onClose} class="new-member">
      <header>
        <h2 id={title}>{heading}</h2>
      </header>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field label="User name" name="username" fault={fault}>
          {(attributes) => (
            <input
              {...attributes}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              value={username}
              onInput={(event) => {
                setUsername(event.currentTarget.value);
                setFault(undefined);
                setProblem(undefined);
              }}
            />
          )}
        </Field>
        <fieldset class="roles">
          <legend>Role</legend>
          {Object.entries(roles).map(([name, description]) => (
            <label key={name}>
              <input
                type="radio"
                name="role"
                value={name}
                checked={role === name}
                onChange={() => setRole(name)}
              />
              <span>
                {name}
                <small class="description">{description}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <Problem message={problem} />
        <footer>
          <button type="button" class="secondary outline" onClick={onClose}>
            Cancel
          </button>
          <BusyButton type="submit" isBusy={isBusy}>
            {action}
          </BusyButton>
        </footer>
      </form>
    </Modal>
  );
}

/** Returns what is wrong with the user name, in the words of the page. */
function faultOfName(error: unknown): string | undefined {
  if (!(error instanceof ConsoleProblem)) return undefined;
  if (error.code === "username_taken") return "Another user of this account has this name.";
  const isNamed = error.faults.some(({ path }) => path === "/username");
  return isNamed
    ? "Use 1 to 64 letters, digits and . _ @ + -, with a letter or digit at both ends."
    : undefined;
}
