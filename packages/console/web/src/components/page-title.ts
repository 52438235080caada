import { useLayoutEffect } from "preact/hooks";

/** Names the page in the title of the window. */
export function useTitle(title: string): void {
  useLayoutEffect(() => {
    document.title = `${title} · @oauth1 console`;
  }, [title]);
}
