import { useId } from "preact/hooks";
import { dateAndTime } from "../api-keys/date-and-time.js";
import { CopyButton } from "../components/copy-button.js";
import { Modal } from "../components/modal.js";
import { publicPath } from "../public-path.js";

/** A new one-time link, as the API returns it. */
export interface NewLink {
  readonly token: string;
  readonly expiresAt: string;
}

interface Props {
  readonly username: string;
  readonly link: NewLink;
  readonly onClose: () => void;
}

/** Shows a one-time link, which the page cannot show again. */
export function OneTimeLinkDialog({ username, link, onClose }: Props) {
  const title = useId();
  // The fragment never reaches a server or its log.
  const address = `${location.origin}${publicPath}/welcome#${link.token}`;
  return (
    <Modal labelledBy={title} focus="h2" onCancel={onClose} class="one-time-link">
      <header>
        <h2 id={title} tabIndex={-1}>
          One-time link for {username}
        </h2>
      </header>
      <p>
        Send this link to {username} over a channel that only they can read. Whoever opens it first
        sets the password.
      </p>
      <p class="wire" data-link>
        {address}
      </p>
      <div class="actions">
        <CopyButton text={address} what="the link" />
      </div>
      <p>
        The link works once, until {dateAndTime(link.expiresAt)}. You won't be able to see it again,
        but you can create a new one.
      </p>
      <footer>
        <button type="button" onClick={onClose}>
          Done
        </button>
      </footer>
    </Modal>
  );
}
