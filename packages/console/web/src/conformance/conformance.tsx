import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { publicPath } from "../public-path.js";
import { Embedded } from "./embedded.js";
import { VIEWS } from "./views.js";

/** The views of the conformance suite: libraries by topic, signers by verifiers, and the RFC by tests. */
export default function Conformance() {
  const { query } = useLocation();
  const view = VIEWS.find(({ name }) => name === query["view"]) ?? VIEWS[0];
  const { address } = view;
  const [included, setIncluded] = useState<Readonly<Record<string, boolean>>>({});
  const isIncluded = included[address];
  useEffect(() => {
    const tell = (ok: boolean) => setIncluded((before) => ({ ...before, [address]: ok }));
    fetch(publicPath + address, { method: "HEAD" }).then(
      ({ ok }) => tell(ok),
      () => tell(false),
    );
  }, [address]);
  return (
    <section class="page">
      <h1>Conformance</h1>
      <nav class="views" aria-label="Views of the conformance suite">
        {VIEWS.map(({ name, title }) => (
          <a
            key={name}
            href={`/conformance?view=${name}`}
            aria-current={name === view.name ? "page" : undefined}
          >
            {title}
          </a>
        ))}
      </nav>
      <p class="lead">
        {view.about} {isIncluded && <a href={address}>Open in a separate page</a>}
      </p>
      {isIncluded === false && <p>This build does not include this view.</p>}
      {isIncluded && <Embedded key={address} address={address} title={view.title} />}
    </section>
  );
}
