import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface Props {
  /** The `id` of the title. */
  readonly labelledBy: string;
  /** A selector of the element that gets the focus. */
  readonly focus: string;
  readonly class?: string;
  /** Called if the user wants to close the dialog, by Escape or by the system's Back. */
  readonly onCancel: () => void;
  readonly children: ComponentChildren;
}

/**
 * A modal dialog. Only its parent closes it, by no longer rendering it. The focus then returns to
 * the element that had it before.
 */
export function Modal({ labelledBy, focus, onCancel, children, ...rest }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>(focus)?.focus();
    return () => element?.close();
  }, [focus]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={labelledBy}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        // Chromium closes a dialog at the second Escape, even if its page prevents the first.
        event.preventDefault();
        event.stopPropagation();
        onCancel();
      }}
      onCancel={(event) => {
        event.preventDefault();
        event.stopPropagation();
        onCancel();
      }}
      onClose={() => {
        // The browser has closed it without asking.
        if (!dialog.current?.isConnected) return;
        dialog.current.showModal();
        onCancel();
      }}
    >
      <article {...rest}>{children}</article>
    </dialog>
  );
}
