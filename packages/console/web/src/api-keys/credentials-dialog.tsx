import type { Catalogue, KeyWithCredentials } from "@oauth1/api-keys";
import { useState } from "preact/hooks";
import { CopyButton } from "../components/copy-button.js";
import { SecretsDialog } from "../components/secrets-dialog.js";
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

/** Shows the four values of a key once, and how to use them. */
export function CredentialsDialog(props: Props) {
  const { title, created, accountId, catalogue, problem, onClose } = props;
  const { key, credentials } = created;
  const [snippets, setSnippets] = useState(() => sign());
  const [tab, setTab] = useState<Tab>("curl");

  function sign(): Snippets {
    return snippetsOf(key, credentials, accountId, catalogue, location.origin + publicPath);
  }
  return (
    <SecretsDialog
      title={title}
      lead={
        <>
          These are the four values of{" "}
          <strong>
            <bdi>{key.applicationName}</bdi>
          </strong>
          . Store the two secrets in a safe place now. You won't be able to see them again.
        </>
      }
      values={[
        ["App key", credentials.client.identifier],
        ["Secret", credentials.client.sharedSecret],
        ["Access token", credentials.token.identifier],
        ["Access token secret", credentials.token.sharedSecret],
      ]}
      env={{ name: envFileName(key), text: snippets.env }}
      problem={problem}
      onClose={onClose}
    >
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
    </SecretsDialog>
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
