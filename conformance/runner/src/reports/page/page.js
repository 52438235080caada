// Shows the details of a cell of the matrix. The address names the cell: #implementation/topic.
const details = document.getElementById("details");

/** The number of failures that are shown at once. */
const STEP = 50;

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children.filter((child) => child !== undefined && child !== ""));
  return made;
}

/** Each part of the data, read when it is first needed: from the page, or from the file beside it. */
const parts = new Map();
async function read(name) {
  const text =
    document.getElementById(`data-${name}`)?.textContent ??
    (await (await fetch(`${encodeURIComponent(name)}.json`)).text());
  parts.set(name, JSON.parse(text));
}

/** A failure with the data of the vector or the property. */
function whole(failure) {
  return { ...parts.get("vectors")[failure.id], ...failure };
}

async function show() {
  const { hash } = location;
  const [name, topic] = hash.slice(1).split("/").map(decodeURIComponent);
  const link = [...document.querySelectorAll("[data-part]")].find(
    (candidate) => decodeURIComponent(candidate.hash.slice(1)) === name,
  );
  details.replaceChildren();
  if (link === undefined) return;
  const needed = ["vectors", link.dataset.part].filter((part) => !parts.has(part));
  try {
    await Promise.all(needed.map(read));
  } catch (error) {
    details.replaceChildren(element("p", {}, `The details cannot be loaded: ${error.message}`));
    return;
  }
  // Another cell was chosen meanwhile.
  if (location.hash !== hash) return;
  const implementation = parts.get(link.dataset.part);
  const failures = implementation.failures.filter(
    (failure) => topic === undefined || failure.topic === topic,
  );
  details.replaceChildren(
    element("h2", {}, topic === undefined ? name : `${name}: ${topic}`),
    ...(topic === undefined ? [badge(implementation)] : []),
    about(implementation),
    ...(topic === undefined ? versions(implementation) : [wholeLibrary(name)]),
    ...causes(implementation, failures),
    element("h3", {}, failures.length === 0 ? "Nothing failed" : "What failed"),
    ...list(failures),
  );
  details.scrollIntoView({ block: "start" });
  details.focus({ preventScroll: true });
}

/** The badge of the implementation, as --report badge.svg draws it. */
function badge({ badge: svg }) {
  const drawn = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  return element("p", {}, document.adoptNode(drawn));
}

function wholeLibrary(name) {
  const href = `#${encodeURIComponent(name)}`;
  return element("p", {}, element("a", { href }, `All of ${name}`));
}

function about({ version, language, homepage, license, notes, missing, givenUp, ...rest }) {
  const { passed, failed, unsupported, cases, released, newer } = rest;
  const counted = `${passed} passed, ${failed} failed, ${unsupported} not answered; ${cases} random cases for each property.`;
  return element(
    "p",
    {},
    [version, released && `released ${released}`, language, license].filter(Boolean).join(", "),
    homepage ? " · " : "",
    homepage ? element("a", { href: homepage, rel: "noreferrer" }, homepage) : "",
    element("br", {}),
    missing ? `Not installed: ${missing}` : counted,
    givenUp ? ` Given up: ${givenUp}` : "",
    notes ? element("br", {}) : "",
    notes ?? "",
    ...(newer === undefined ? [] : newerVersion(newer)),
  );
}

/** A version that is not available here, and the command that tests it. */
function newerVersion({ version, released, source, command }) {
  return [
    element("br", {}),
    `Not tested here: ${version} of ${released} (${source}). To test it: `,
    element("code", {}, command),
  ];
}

/** The results of the versions of a library, the oldest first. */
function versions({ versions: recorded }) {
  if (recorded.length < 2) return [];
  const cells = (name, values) =>
    element("tr", {}, ...values.map((value) => element(name, {}, String(value))));
  const share = ({ failed, passed }) =>
    passed + failed === 0 ? "" : `${failed} of ${passed + failed}`;
  return [
    element("h3", {}, "Versions"),
    trend(recorded),
    element(
      "table",
      { class: "versions" },
      cells("th", ["version", "released", "wrong on valid requests", "tolerates", "optional"]),
      ...recorded.map(({ version, released, required, robustness, interoperability }) =>
        cells("td", [
          version,
          released ?? "",
          share(required),
          share(robustness),
          share(interoperability),
        ]),
      ),
    ),
  ];
}

/**
 * A bar for each version: the share of wrong answers among what RFC 5849 requires and was
 * asked.
 */
function trend(recorded) {
  const [width, height, gap] = [28, 60, 8];
  const svg = (name, attributes, ...children) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [attribute, value] of Object.entries(attributes))
      made.setAttribute(attribute, value);
    made.append(...children);
    return made;
  };
  const shares = recorded.map(
    ({ required: { failed, passed } }) => failed / (failed + passed || 1),
  );
  const most = Math.max(...shares) || 1;
  return svg(
    "svg",
    {
      class: "trend",
      role: "img",
      "aria-label": "Share of valid requests that are wrong, by version; the table has the numbers",
      width: (width + gap) * recorded.length,
      height,
    },
    ...shares.map((share, index) => {
      const bar = Math.max(2, (share / most) * height);
      return svg("rect", { x: index * (width + gap), y: height - bar, width, height: bar, rx: 2 });
    }),
  );
}

/** The mistakes that the run found, and the known ones, each with its number in this cell. */
function causes({ mistakes, deviations, reproductions }, failures) {
  const found = mistakes.map(({ mistake, section, text, ids }) => ({
    name: mistake,
    tag: section,
    text,
    met: failures.filter(({ id }) => ids.includes(id)),
  }));
  const known = deviations.map(({ deviation, cause, fault, upstream }) => ({
    name: deviation,
    tag: fault,
    text: cause,
    upstream,
    met: failures.filter((failure) => failure.deviation === deviation),
    reproduction: reproductions.find((program) => program.deviation === deviation),
  }));
  return [...found, ...known.sort((a, b) => b.met.length - a.met.length)]
    .filter(({ met }) => met.length > 0)
    .map(causeOf);
}

function causeOf({ name, tag, text, met, upstream, reproduction }) {
  return element(
    "section",
    { class: "cause" },
    element(
      "p",
      {},
      name === undefined ? "" : element("strong", {}, name),
      element("span", { class: "tag" }, `${met.length} of these`),
      tag === undefined ? "" : element("span", { class: "tag" }, tag),
      element("br", {}),
      text,
      upstream === undefined
        ? ""
        : element("a", { href: upstream, rel: "noreferrer" }, " Known upstream"),
    ),
    opened(`Smallest example: ${smallest(met).id}`, () => evidence(smallest(met))),
    reproduction === undefined
      ? ""
      : opened(`Reproduction without the adapter: ${reproduction.file}`, () =>
          block(reproduction.source),
        ),
  );
}

/** The failure with the shortest input. */
function smallest(failures) {
  const size = (failure) => JSON.stringify(whole(failure).input ?? "").length;
  return failures.reduce((least, failure) => (size(failure) < size(least) ? failure : least));
}

/** A section that can be opened, and is filled when it is opened. */
function opened(summary, fill, ...tags) {
  const made = element("details", {}, element("summary", {}, summary, ...tags));
  made.addEventListener("toggle", () => made.append(fill()), { once: true });
  return made;
}

/** The failures, in batches, because a page with thousands of them is slow. */
function list(failures) {
  const shown = failures.slice(0, STEP).map(entry);
  const rest = failures.slice(STEP);
  if (rest.length === 0) return shown;
  const more = element("button", { type: "button" }, `${rest.length} more`);
  more.addEventListener("click", () => more.replaceWith(...list(rest)));
  return [...shown, more];
}

function entry(failure) {
  const { level, section } = whole(failure);
  const isExpected = failure.verdict === "expected-failure";
  return opened(
    failure.id,
    () => evidence(failure),
    element("span", { class: "tag" }, section),
    element("span", { class: level === "required" ? "tag violation" : "tag" }, level),
    isExpected
      ? element("span", { class: "tag" }, failure.deviation)
      : element("span", { class: "tag unexpected" }, failure.verdict),
  );
}

/** The input, the expected answer, and the received answer. */
function evidence(failure) {
  const { kind, comment, flags, explanation, input, expected, received, seed, path } =
    whole(failure);
  return element(
    "dl",
    {},
    ...item(kind === "property" ? "the property" : "why this vector", comment),
    ...item("reveals", flags?.join(", ")),
    ...item("explanation", explanation?.text),
    ...item(kind === "property" ? "smallest input found" : "what went in", block(input)),
    ...(explanation?.baseStrings
      ? baseStrings(explanation.baseStrings)
      : [...item("expected", block(expected)), ...item("received", block(received))]),
    ...item("again", seed === undefined ? undefined : `seed ${seed}, path ${path}`),
  );
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
