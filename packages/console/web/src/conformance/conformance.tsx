import { useEffect, useState } from "preact/hooks";

/** The report of the conformance suite: implementations by topic. */
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
        How common libraries implement RFC 5849, tested with vectors and random requests.{" "}
        {hasReport && <a href="/report.html">Open the report in a separate page</a>}
      </p>
      {hasReport === false && <p>This build does not include the report.</p>}
      {hasReport && <iframe class="report" src="/report.html" title="The conformance report" />}
    </section>
  );
}
