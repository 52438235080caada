import { Modal } from "../components/modal.js";
import type { Session } from "./console-api.js";
import { SignInForm } from "./sign-in-form.js";

interface Props {
  readonly ended: Session;
  readonly onSignedIn: (session: Session) => void;
  readonly onCancel: () => void;
  readonly onSignOut: () => void;
}

/** Signs the same user in again over the page, so that nothing on the page is lost. */
export function SignInAgain({ ended, onSignedIn, onCancel, onSignOut }: Props) {
  return (
    <Modal
      labelledBy="sign-in-again"
      focus="input[type=password]"
      class="question"
      onCancel={onCancel}
    >
      <h2 id="sign-in-again">Your session has ended</h2>
      <p>Sign in again to continue. What you entered on this page is kept.</p>
      <SignInForm ended={ended} onSignedIn={onSignedIn} />
      <button type="button" class="link" onClick={onSignOut}>
        Discard it and sign in as another user
      </button>
    </Modal>
  );
}
