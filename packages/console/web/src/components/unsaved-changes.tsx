import { useState } from "preact/hooks";
import { useLeaveGuard } from "./leave-guard.js";
import { Question } from "./question.js";

/** Asks before the page is left, as long as a form on it has unsaved changes. */
export function UnsavedChanges({ isActive }: { readonly isActive: boolean }) {
  const [leave, setLeave] = useState<() => void>();
  useLeaveGuard(isActive, (go) => setLeave(() => go));
  if (leave === undefined) return null;
  return (
    <Question
      title="Leave without saving?"
      confirm="Leave without saving"
      cancel="Keep editing"
      onCancel={() => setLeave(undefined)}
      onConfirm={() => {
        setLeave(undefined);
        leave();
      }}
    >
      <p>You have changes on this page that are not saved. They will be lost.</p>
    </Question>
  );
}
