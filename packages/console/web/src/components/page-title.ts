import { createContext } from "preact";
import { useContext, useLayoutEffect } from "preact/hooks";

/** The end of the titles of all pages. */
export const TitleEnd = createContext(" · @oauth1 console");

/** Names the page in the title of the window. */
export function useTitle(title: string): void {
  const end = useContext(TitleEnd);
  useLayoutEffect(() => {
    document.title = title + end;
  }, [title, end]);
}
