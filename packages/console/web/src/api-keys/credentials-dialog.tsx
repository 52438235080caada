import type { Catalogue, KeyWithCredentials } from "@oauth1/api-keys";
import { useRef, useState } from "preact/hooks";
import { CopyButton } from "../components/copy-button.js";
import { useLeaveGuard } from "../components/leave-guard.js";
import { Modal } from "../components/modal.js";
import { Problem } from "../components/problem.js";
import { Question } from "../components/question.js";
import { publicPath } from "../public-path.js";
import { envFileName, type Snippets, snippetsOf } from "./snippets.js";

interface Props {
  readonly title: string;
  readonly created: KeyWithCredentials;
  readonly accountId: string;
  readonly catalogue: Catalogue;
  /** A message about another action that failed. */
  readonly problem?: string | undefined;
  readonly onClose: () => void;
}

const TABS = { curl: "curl", fetch: "fetch", header: "Authorization header" } as const;
type Tab = keyof typeof TABS;

/**
 * Shows the four values once. As long as they are not saved, closing the dialog and every other
 * way to leave the page needs a confirmation.
 */
export function CredentialsDialog(props: Props) {
  const { title, created, accountId, catalogue, problem, onClose } = props;
  const { key, credentials } = created;
  const [snippets, setSnippets] = useState(() => sign());
  const [tab, setTab] = useState<Tab>("curl");
  const [isSaved, setSaved] = useState(false);
  // A ref, since two copies can end before the next rendering.
  const copied = useRef(new Set<string>());
  // The action to run if the user discards the secrets.
  const [leave, setLeave] = useState<() => void>();
  useLeaveGuard(!isSaved, (go) => setLeave(() => go));

  function sign(): Snippets {
    return snippetsOf(key, credentials, accountId, catalogue, location.origin + publicPath);
  }
  const close = () => (isSaved ? onClose() : setLeave(() => onClose));
  const download = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([snippets.env], { type: "text/plain" }));
    link.download = envFileName(key);
    link.click();
    URL.revokeObjectURL(link.href);
    setSaved(true);
  };
  const values = [
    ["App key", credentials.client.identifier],
    ["Secret", credentials.client.sharedSecret],
    ["Access token", credentials.token.identifier],
    ["Access token secret", credentials.token.sharedSecret],
  ] as const;
  const noteCopied = (name: string) => {
    copied.current.add(name);
    // Copying all four values counts as saving them.
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
        <p>
          These are the four values of{" "}
          <strong>
            <bdi>{key.applicationName}</bdi>
          </strong>
          . Store the two secrets in a safe place now. You won't be able to see them again.
        </p>
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
        <h3>Try it</h3>
        <div role="tablist" aria-label="How to call the API" class="tabs">
          {(Object.keys(TABS) as Tab[]).map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`tab-${name}`}
              aria-selected={tab === name}
              aria-controls="snippet"
              tabIndex={tab === name ? 0 : -1}
              class="quiet"
              onClick={() => setTab(name)}
              onKeyDown={(event) => moveTab(event, tab, setTab)}
            >
              {TABS[name]}
            </button>
          ))}
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard */}
        <div id="snippet" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
          <pre class="wire">{snippets[tab]}</pre>
        </div>
        <div class="actions">
          <CopyButton text={snippets[tab]} what={TABS[tab]} />
          {tab !== "fetch" && (
            <button type="button" class="quiet" onClick={() => setSnippets(sign())}>
              Sign again
            </button>
          )}
        </div>
        <small>
          {tab === "fetch"
            ? `The program reads the file that "Download as .env" creates.`
            : "A signature is valid for one request within five minutes. To send another, sign again."}
        </small>
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

/** Arrow keys move between tabs (WAI-ARIA Authoring Practices, tabs). */
function moveTab(event: KeyboardEvent, tab: Tab, setTab: (tab: Tab) => void): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  const names = Object.keys(TABS) as Tab[];
  const next = names[(names.indexOf(tab) + step + names.length) % names.length] ?? tab;
  setTab(next);
  document.getElementById(`tab-${next}`)?.focus();
}
