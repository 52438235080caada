import { useLayoutEffect, useRef } from "preact/hooks";
import { CopyButton } from "../components/copy-button.js";
import type { Linkable } from "./linked-input.js";

interface Props {
  readonly linkable: Linkable;
  /** The address of the link. */
  readonly link: string;
  readonly onClose: () => void;
  /** Called when the address bar has the link. */
  readonly onShown: () => void;
}

/** Shows the contents of a link before the user copies it. */
export function LinkDialog({ linkable, link, onClose, onShown }: Props) {
  const { linked, leftOut } = linkable;
  const { request } = linked;
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const contents = [
    ["Method", request.method],
    ["URL", request.url],
    ...request.headers,
    ["Body", request.body],
    ["Client identifier", linked.clientIdentifier],
    ["Token identifier", linked.tokenIdentifier],
    ["Signature method", linked.signatureMethod],
    ["Transmission", linked.transmission],
    ["Timestamp", linked.timestamp],
    ["Nonce", linked.nonce],
    ["Realm", linked.realm],
    ["oauth_version", linked.hasVersion ? "1.0" : ""],
  ].filter(([, value]) => value !== "");

  return (
    <dialog ref={dialog} aria-labelledby="link-title" onCancel={onClose}>
      <article class="link-contents">
        <header>
          <button type="button" class="close" aria-label="Close" onClick={onClose} />
          <h2 id="link-title">Link without secrets</h2>
        </header>
        <p>
          Everyone with the link can see the following. Check that it contains nothing confidential.
        </p>
        <dl>
          {contents.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <code>{value}</code>
              </dd>
            </div>
          ))}
        </dl>
        <h3>Not in the link</h3>
        <ul>
          <li>the shared-secrets and the private key</li>
          {leftOut.map((what) => (
            <li key={what}>{what}</li>
          ))}
        </ul>
        {leftOut.length > 0 && (
          <small>Without these, the link can show a different signature than this page.</small>
        )}
        <footer>
          <CopyButton text={link} what="the link" done="Link copied" />
          <button
            type="button"
            onClick={() => {
              history.replaceState(null, "", link);
              onShown();
            }}
          >
            Show in the address bar
          </button>
        </footer>
      </article>
    </dialog>
  );
}
