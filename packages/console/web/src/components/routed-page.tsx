import type { ComponentType } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import type { Page } from "../routes.js";
import { useTitle } from "./page-title.js";

/** False until the first page is shown. The browser itself sets the focus on that one. */
let hasNavigated = false;

/**
 * Loads a page and shows it. After a navigation, the focus moves to the heading, so that a screen
 * reader announces the page and Tab continues there.
 */
export function RoutedPage({ title, load }: Page) {
  const [Loaded, setLoaded] = useState<ComponentType>();
  const [hasFailed, setFailed] = useState(false);
  useTitle(title);
  useEffect(() => {
    load().then(
      (module) => setLoaded(() => module.default),
      () => setFailed(true),
    );
  }, [load]);
  const isShown = Loaded !== undefined || hasFailed;
  useLayoutEffect(() => {
    if (!isShown) return;
    if (hasNavigated) focusHeading();
    hasNavigated = true;
  }, [isShown]);

  if (hasFailed) return <CannotLoad />;
  return Loaded === undefined ? <p aria-busy="true">Loading…</p> : <Loaded />;
}

function CannotLoad() {
  const [isBusy, setBusy] = useState(false);
  const reload = async () => {
    setBusy(true);
    // Reloading without a server would replace this page by an error of the browser.
    const isThere = await fetch(location.href, { method: "HEAD" }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) location.reload();
    else setBusy(false);
  };
  return (
    <section class="page">
      <h1>This page could not be loaded</h1>
      <p role="alert">
        The server did not send the page. Check that it is running, then try again.
      </p>
      <button type="button" class="fit" aria-busy={isBusy} disabled={isBusy} onClick={reload}>
        Try again
      </button>
    </section>
  );
}

function focusHeading(): void {
  const main = document.getElementById("main");
  // A page such as the sign-in can have moved the focus itself.
  if (main?.contains(document.activeElement) && document.activeElement !== main) return;
  const heading = main?.querySelector("h1");
  heading?.setAttribute("tabindex", "-1");
  (heading ?? main)?.focus({ preventScroll: true });
}
