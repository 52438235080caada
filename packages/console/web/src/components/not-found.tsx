/** A path that is no page. */
export function NotFound() {
  return (
    <section class="page">
      <h1>Nothing is here</h1>
      <p>
        This address is no page of the console. Go to the <a href="/api-keys">API keys</a> or the{" "}
        <a href="/playground">playground</a>.
      </p>
    </section>
  );
}
