import { measuredOn } from "./measured-on.mjs";

/** @typedef {import("./bench.mjs").Row} Row */

/** Headings, and what their tables show. */
const SECTIONS = /** @type {const} */ ({
  signing: [
    "Signing",
    "The signer returns the header, the other headers, the URL and the body to send. `oauth-1.0a` and `oauth`\nonly create the header. `oauth-sign` and `oauth-signature` get the collected parameters and only return\nthe signature. A library that signs a request wrongly has no number.",
  ],
  verifying: [
    "Verifying",
    "The peers do less. `passport-http-oauth` checks neither the timestamp's age nor where parameters are.\noauthlib runs in Python.",
  ],
  primitives: ["Parts", "Times as fast as the reference, or multiples of B."],
  whole: ["Whole programs", "Each is measured by itself."],
});

/**
 * docs/performance.md.
 *
 * @param {{ microsecondsOfB: number, heapGrowth: number, rows: readonly Row[] }} result
 */
export function performancePage({ microsecondsOfB, heapGrowth, rows }) {
  const sections = Object.entries(SECTIONS).map(([section, [title, text]]) => {
    const own = rows.filter((row) => row.section === section);
    const peers = [...new Set(own.flatMap((row) => Object.keys(row.peers)))];
    return `## ${title}\n\n${text}\n\n${table(own, peers)}`;
  });
  return `# Performance

\`npm run bench\` writes this page, and [performance.json](performance.json).

${measuredOn}

B is the time of one \`createHmac("sha1", key).update(text).digest("base64")\` for a text of 450
characters: ${microsecondsOfB.toFixed(2)} µs here. All times of signing, verifying and their parts come from one process,
in short rounds that alternate. Read the ratios: absolute times depend more on the machine than on the
code. The columns of other libraries show how many times as long they take as these packages.

${sections.join("\n")}
After ${(1_000_000).toLocaleString("en")} signatures, each for another URL, the heap in use was at most ${(heapGrowth / 1024).toFixed(0)} KiB larger than before.
`;
}

/**
 * @param {readonly Row[]} rows
 * @param {readonly string[]} peers
 */
function table(rows, peers) {
  const head = ["", "µs", "result", "goal", ...peers];
  const cells = rows.map(({ name, microseconds, value, unit, goal, better, peers: of }) => [
    name,
    microseconds === undefined ? "" : microseconds.toFixed(2),
    `${number(value)} ${unit}`,
    goal === undefined ? "" : `${better === "lower" ? "≤" : "≥"} ${number(goal)}`,
    ...peers.map((peer) => (of[peer] === undefined ? "" : `${number(of[peer])} ×`)),
  ]);
  const line = (/** @type {readonly string[]} */ row) => `| ${row.join(" | ")} |`;
  const rule = line(head.map((_, at) => (at === 0 ? "---" : "---:")));
  return `${[line(head), rule, ...cells.map(line)].join("\n")}\n`;
}

/** @param {number} value */
function number(value) {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(2);
}
