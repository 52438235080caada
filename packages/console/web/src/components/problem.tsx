import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * Shows why an action failed, next to its control, and scrolls there. Screen readers announce it.
 */
export function Problem({ message }: { readonly message: string | undefined }) {
  const element = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => {
    if (message !== undefined) element.current?.scrollIntoView({ block: "nearest" });
  }, [message]);
  return (
    <p ref={element} role="alert" class={message === undefined ? "unseen" : "problem"}>
      {message}
    </p>
  );
}
