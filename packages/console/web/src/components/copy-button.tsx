import { useEffect, useState } from "preact/hooks";

interface Props {
  /** The text to copy. */
  readonly text: string;
  /** The name of the text for screen readers: "the header". */
  readonly what: string;
  /** What the button says when the text is copied. Default: "Copied". */
  readonly done?: string;
  readonly onCopied?: () => void;
}

/** Copies a text, and briefly confirms it. */
export function CopyButton({ text, what, done = "Copied", onCopied }: Props) {
  const [state, setState] = useState<"ready" | "copied" | "rejected">("ready");
  useEffect(() => {
    if (state === "ready") return;
    const timer = setTimeout(() => setState("ready"), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <button
      type="button"
      class="quiet copy"
      onClick={() =>
        navigator.clipboard.writeText(text).then(
          () => {
            setState("copied");
            onCopied?.();
          },
          () => setState("rejected"),
        )
      }
    >
      <span aria-live="polite">
        {{ ready: "Copy", copied: done, rejected: "Select and copy" }[state]}
      </span>
      <span class="unseen"> {what}</span>
    </button>
  );
}
