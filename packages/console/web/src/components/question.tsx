import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { BusyButton } from "./busy-button.js";
import { Modal } from "./modal.js";
import { Problem } from "./problem.js";

interface Props {
  readonly title: string;
  readonly children: ComponentChildren;
  /** The label of the button that confirms the question of the title. */
  readonly confirm: string;
  /** The label of the button that cancels. It has the focus. */
  readonly cancel: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly isBusy?: boolean;
  readonly problem?: string | undefined;
}

/**
 * Asks for confirmation before data is lost. The focus is on the safe answer, which Escape also
 * gives.
 */
export function Question(props: Props) {
  const { title, children, confirm, cancel, onConfirm, onCancel, isBusy = false, problem } = props;
  const id = useId();
  return (
    <Modal labelledBy={id} focus="[data-safe]" class="question" onCancel={onCancel}>
      <h2 id={id}>{title}</h2>
      {children}
      <Problem message={problem} />
      <footer>
        <button type="button" class="secondary" data-safe onClick={onCancel}>
          {cancel}
        </button>
        <BusyButton type="button" class="secondary outline" isBusy={isBusy} onClick={onConfirm}>
          {confirm}
        </BusyButton>
      </footer>
    </Modal>
  );
}
