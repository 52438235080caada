/** The matrix of implementations by topic, as the conformance suite wrote it. */
export default function Conformance() {
  return (
    <section class="page">
      <h1>Conformance</h1>
      <p class="lead">
        How the libraries in use read RFC 5849, by vectors and random requests. The report{" "}
        <a href="/report.html">as a page of its own</a>.
      </p>
      <iframe class="report" src="/report.html" title="The conformance report" />
    </section>
  );
}
