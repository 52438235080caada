// Shows what is behind a cell of the matrix. The address says which: #implementation/topic.
const report = JSON.parse(document.getElementById("report").textContent);
const details = document.getElementById("details");

/** How many failures are opened at once. */
const STEP = 50;

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children.filter((child) => child !== undefined && child !== ""));
  return made;
}

function show() {
  const [name, topic] = location.hash.slice(1).split("/").map(decodeURIComponent);
  const implementation = report.implementations.find((candidate) => candidate.name === name);
  details.replaceChildren();
  if (implementation === undefined) return;
  const failures = implementation.failures.filter(
    (failure) => topic === undefined || failure.topic === topic,
  );
  details.append(
    element("h2", {}, `${name}${topic === undefined ? "" : `: ${topic}`}`),
    about(implementation),
    ...versions(implementation),
    ...causes(implementation, failures),
    element("h3", {}, failures.length === 0 ? "Nothing failed" : "What failed"),
    ...list(failures),
  );
  details.scrollIntoView({ block: "start" });
  details.focus({ preventScroll: true });
}

function about({ version, language, homepage, license, notes, missing, givenUp, ...rest }) {
  const { passed, failed, unsupported, cases } = rest;
  const counted = `${passed} passed, ${failed} failed, ${unsupported} not answered; ${cases} random cases for each property.`;
  return element(
    "p",
    {},
    [version, language, license].filter(Boolean).join(", "),
    homepage ? " · " : "",
    homepage ? element("a", { href: homepage, rel: "noreferrer" }, homepage) : "",
    element("br", {}),
    missing ? `Not installed: ${missing}` : counted,
    givenUp ? ` Given up: ${givenUp}` : "",
    notes ? element("br", {}) : "",
    notes ?? "",
  );
}

/** How the versions of a library did, the oldest first. */
function versions({ versions: recorded }) {
  if (recorded.length < 2) return [];
  const cells = (name, values) =>
    element("tr", {}, ...values.map((value) => element(name, {}, String(value))));
  const share = ({ failed, passed }) =>
    passed + failed === 0 ? "" : `${failed} of ${passed + failed}`;
  return [
    element("h3", {}, "Versions"),
    element(
      "table",
      { class: "versions" },
      cells("th", ["version", "tested", "wrong on valid requests", "tolerates", "optional"]),
      ...recorded.map(({ version, date, required, robustness, interoperability }) =>
        cells("td", [version, date, share(required), share(robustness), share(interoperability)]),
      ),
    ),
  ];
}

/** The mistakes that the run found, and those that are known, each with its number here. */
function causes({ mistakes, deviations }, failures) {
  const found = mistakes.map(({ mistake, section, text, ids }) => ({
    name: mistake,
    tag: section,
    text,
    met: failures.filter(({ id }) => ids.includes(id)).length,
  }));
  const known = deviations
    .map(({ deviation, cause, fault, upstream }) => ({
      name: deviation,
      tag: fault,
      text: cause,
      upstream,
      met: failures.filter((failure) => failure.deviation === deviation).length,
    }))
    .sort((a, b) => b.met - a.met);
  return [...found, ...known]
    .filter(({ met }) => met > 0)
    .map(({ name, tag, text, met, upstream }) =>
      element(
        "p",
        {},
        name === undefined ? "" : element("strong", {}, name),
        element("span", { class: "tag" }, `${met} of these`),
        tag === undefined ? "" : element("span", { class: "tag" }, tag),
        element("br", {}),
        text,
        upstream === undefined
          ? ""
          : element("a", { href: upstream, rel: "noreferrer" }, " Known upstream"),
      ),
    );
}

/** The failures, some at a time: a page with thousands of them is slow. */
function list(failures) {
  const shown = failures.slice(0, STEP).map(entry);
  const rest = failures.slice(STEP);
  if (rest.length === 0) return shown;
  const more = element("button", { type: "button" }, `${rest.length} more`);
  more.addEventListener("click", () => more.replaceWith(...list(rest)));
  return [...shown, more];
}

function entry(failure) {
  const { level, section, comment, flags, input, expected } = {
    ...report.vectors[failure.id],
    ...(failure.kind === "property" ? failure : {}),
  };
  const isExpected = failure.verdict === "expected-failure";
  const made = element(
    "details",
    {},
    element(
      "summary",
      {},
      failure.id,
      element("span", { class: "tag" }, section),
      element("span", { class: level === "required" ? "tag violation" : "tag" }, level),
      isExpected
        ? element("span", { class: "tag" }, failure.deviation)
        : element("span", { class: "tag unexpected" }, failure.verdict),
    ),
  );
  // Filled when it is opened.
  made.addEventListener(
    "toggle",
    () => {
      const { explanation, received, seed, path } = failure;
      made.append(
        element(
          "dl",
          {},
          ...item(failure.kind === "property" ? "the property" : "why this vector", comment),
          ...item("reveals", flags?.join(", ")),
          ...item("explanation", explanation?.text),
          ...item(
            failure.kind === "property" ? "smallest input found" : "what went in",
            block(input),
          ),
          ...(explanation?.baseStrings
            ? baseStrings(explanation.baseStrings)
            : [...item("expected", block(expected)), ...item("received", block(received))]),
          ...item("again", seed === undefined ? undefined : `seed ${seed}, path ${path}`),
        ),
      );
    },
    { once: true },
  );
  return made;
}

function item(term, content) {
  if (content === undefined || content === "") return [];
  return [element("dt", {}, term), element("dd", {}, content)];
}

function block(value) {
  if (value === undefined) return undefined;
  return element("pre", {}, typeof value === "string" ? value : JSON.stringify(value, null, 2));
}

/** Both, each with its first different character marked. */
function baseStrings({ expected, received, index }) {
  const marked = (text) =>
    element(
      "pre",
      {},
      text.slice(0, index),
      element("mark", {}, text.slice(index, index + 1) || "∅"),
      text.slice(index + 1),
    );
  return [...item("right", marked(expected)), ...item("received", marked(received))];
}

/** Shows the rows of a language, the columns of a topic, and the numbers of a level. */
function filter() {
  const { language, level, topic } = Object.fromEntries(new FormData(filters));
  const [head, ...rows] = document.querySelectorAll("main table:first-of-type tr");
  const columns = [...head.children].map(({ dataset }) => dataset.topic);
  for (const row of rows) row.hidden = language !== "" && row.dataset.language !== language;
  for (const row of [head, ...rows]) {
    for (const [index, cell] of [...row.children].entries()) {
      cell.hidden = topic !== "" && columns[index] !== undefined && columns[index] !== topic;
    }
  }
  for (const cell of document.querySelectorAll("a[data-required]")) {
    cell.dataset.all ??= `${cell.className}|${cell.textContent}`;
    [cell.className, cell.textContent] =
      level === "" ? cell.dataset.all.split("|") : ofLevel(level, cell.dataset[level]);
  }
}

/** The look of a cell at one level, and its number. */
function ofLevel(level, data) {
  const [failed, asked] = data.split("/").map(Number);
  if (asked === 0) return ["cell none", "·"];
  if (failed === 0) return ["cell good", "✓"];
  return [level === "required" ? "cell many" : "cell some", String(failed)];
}

const filters = document.getElementById("filters");
filters.addEventListener("change", filter);
addEventListener("hashchange", show);
show();
