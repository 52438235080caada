import { Embedded } from "../conformance/embedded.js";
import { VIEWS } from "../conformance/views.js";

const [REPORT, ...OTHERS] = VIEWS;

/** The libraries by topic. The other views are pages of the documentation. */
export default function Conformance() {
  return (
    <section class="page">
      <h1>Conformance</h1>
      <p class="lead">
        {REPORT.about} <a href="../report/index.html">Open in a separate page</a>
      </p>
      <ul class="views-elsewhere">
        {OTHERS.map(({ name, title, about }) => (
          <li key={name}>
            <a href={`../${name}`}>{title}</a>: {about}
          </li>
        ))}
      </ul>
      <Embedded address="../report/index.html" title={REPORT.title} />
    </section>
  );
}
