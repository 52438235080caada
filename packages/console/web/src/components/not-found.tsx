import { useTitle } from "./page-title.js";

/** The page for an unknown path. */
export function NotFound() {
  useTitle("Page not found");
  return (
    <section class="page">
      <h1>Page not found</h1>
      <p>
        This address is not a page of the console. Go to the <a href="/api-keys">API keys</a> or the{" "}
        <a href="/playground">playground</a>.
      </p>
    </section>
  );
}
