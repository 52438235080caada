import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { CopyButton } from "./copy-button.js";
import { useLeaveGuard } from "./leave-guard.js";
import { Modal } from "./modal.js";
import { Problem } from "./problem.js";
import { Question } from "./question.js";

interface Props {
  readonly title: string;
  /** What the dialog shows, and what to do with it. */
  readonly lead: ComponentChildren;
  /** The name and the value of each. */
  readonly values: readonly (readonly [name: string, value: string])[];
  /** The file with the values as environment variables. */
  readonly env: { readonly name: string; readonly text: string };
  /** A message about another action that failed. */
  readonly problem?: string | undefined;
  readonly onClose: () => void;
  /** What follows the values. */
  readonly children?: ComponentChildren;
}

/**
 * Shows secrets once. As long as they are not saved, closing the dialog and every other way to
 * leave the page needs a confirmation.
 */
export function SecretsDialog(props: Props) {
  const { title, lead, values, env, problem, onClose, children } = props;
  const [isSaved, setSaved] = useState(false);
  // A ref, since two copies can end before the next rendering.
  const copied = useRef(new Set<string>());
  // The action to run if the user discards the secrets.
  const [leave, setLeave] = useState<() => void>();
  useLeaveGuard(!isSaved, (go) => setLeave(() => go));

  const close = () => (isSaved ? onClose() : setLeave(() => onClose));
  const download = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([env.text], { type: "text/plain" }));
    link.download = env.name;
    link.click();
    URL.revokeObjectURL(link.href);
    setSaved(true);
  };
  const noteCopied = (name: string) => {
    copied.current.add(name);
    // Copying all values counts as saving them.
    if (copied.current.size === values.length) setSaved(true);
  };

  return (
    <>
      <Modal
        labelledBy="credentials-title"
        focus="code[data-value]"
        class="credentials"
        onCancel={close}
      >
        <header>
          <button type="button" class="close" aria-label="Close" onClick={close} />
          <h2 id="credentials-title">{title}</h2>
        </header>
        <p>{lead}</p>
        <Problem message={problem} />
        <dl class="four-values">
          {values.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <code data-value={name} tabIndex={-1}>
                  {value}
                </code>
                <CopyButton text={value} what={name} onCopied={() => noteCopied(name)} />
              </dd>
            </div>
          ))}
        </dl>
        <div class="actions">
          <button type="button" onClick={download}>
            Download as .env
          </button>
          <label>
            <input
              type="checkbox"
              checked={isSaved}
              onChange={(event) => setSaved(event.currentTarget.checked)}
            />
            I have saved these secrets
          </label>
        </div>
        {children}
        <footer>
          <button type="button" class={isSaved ? undefined : "secondary"} onClick={close}>
            Close
          </button>
        </footer>
      </Modal>
      {leave && (
        <Question
          title="Close without saving the secrets?"
          confirm="Close anyway"
          cancel="Go back"
          onCancel={() => setLeave(undefined)}
          onConfirm={() => {
            setLeave(undefined);
            leave();
          }}
        >
          <p>You won't be able to see these secrets again. Close anyway?</p>
        </Question>
      )}
    </>
  );
}
