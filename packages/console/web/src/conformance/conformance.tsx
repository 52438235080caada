import { useEffect, useState } from "preact/hooks";

/** The matrix of implementations by topic, as the conformance suite wrote it. */
export default function Conformance() {
  const [hasReport, setHasReport] = useState<boolean>();
  useEffect(() => {
    fetch("/report.html", { method: "HEAD" }).then(
      ({ ok }) => setHasReport(ok),
      () => setHasReport(false),
    );
  }, []);
  return (
    <section class="page">
      <h1>Conformance</h1>
      <p class="lead">
        How the libraries in use read RFC 5849, by vectors and random requests.{" "}
        {hasReport && <a href="/report.html">The report as a page of its own</a>}
      </p>
      {hasReport === false && <p>This build has no report.</p>}
      {hasReport && <iframe class="report" src="/report.html" title="The conformance report" />}
    </section>
  );
}
