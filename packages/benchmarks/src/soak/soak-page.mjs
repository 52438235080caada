// docs/soak.md: what soak.mjs measured.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { measuredOn } from "../measured-on.mjs";

const FILE = fileURLToPath(new URL("../../../../docs/soak.md", import.meta.url));

/** @param {string} text */
export function writePage(text) {
  writeFileSync(FILE, text);
}

/** @typedef {{ slope: number, error: number, mean: number }} Line */
/** @typedef {{ files: number, resources: number, listeners: number }} Holdings */

/**
 * @param {object} result
 * @param {number} result.minutes
 * @param {number} result.killEvery seconds
 * @param {{ accepted: number, rejected: number, replays: number, unavailable: number, cutOff: number, changes: number, kills: number }} result.counts
 * @param {readonly { name: string, heap: Line, rss: Line, first: Holdings, last: Holdings }[]} result.rows
 * @param {readonly string[]} result.faults
 */
export function pageOf({ minutes, killEvery, counts, rows, faults }) {
  const count = (/** @type {number} */ number) => number.toLocaleString("en");
  return `# Soak test

\`npm run test:soak\` writes this page. It shows whether the console and the verifier stay correct under a mixed load with
kills, and whether they keep memory, files or sockets that they no longer need.

Two processes of the console share a PostgreSQL server and a Redis server, and two processes of the verifier share
the same Redis server. One process of each pair runs all the time. The other one is killed (SIGKILL) every
${killEvery} seconds and started again. For ${count(minutes)} minutes, a client sends signed calls to all four, 8 % of them with a wrong signature, and
an administrator creates, edits, disables, enables and lists keys. The client checks each response. It sends a fifth of the accepted requests
again to the other process of the pair. After each kill, it sends the last accepted requests again to the process
that accepted them. A response 503 says that Redis did not answer within a second.
At the end, every acknowledged change of a key must be in the database.

${measuredOn}

| accepted | rejected | replays, all rejected | changes of keys | kills | cut off by a kill | 503 | faults |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| ${[counts.accepted, counts.rejected, counts.replays, counts.changes, counts.kills, counts.cutOff, counts.unavailable, faults.length].map(count).join(" | ")} |

## Memory

The heap and the resident set (RSS) after garbage collection. The slope is that of the line of least squares, with its
standard error, in kB per minute. The first fifth of the time does not count.

| process | heap, mean | heap, slope | RSS, mean | RSS, slope |
| --- | ---: | ---: | ---: | ---: |
${rows.map(({ name, heap, rss }) => `| ${name} | ${megabytes(heap)} | ${slope(heap)} | ${megabytes(rss)} | ${slope(rss)} |`).join("\n")}

## What stays open

The number of files and sockets (of Linux), active resources and listeners (of Node) before and after the load, while
nobody calls.

| process | files and sockets | active resources | listeners of the process |
| --- | ---: | ---: | ---: |
${rows.map(({ name, first, last }) => `| ${name} | ${first.files} → ${last.files} | ${first.resources} → ${last.resources} | ${first.listeners} → ${last.listeners} |`).join("\n")}
`;
}

/** @param {Line} line */
function megabytes({ mean }) {
  return `${(mean / 1e6).toFixed(1)} MB`;
}

/** @param {Line} line */
function slope({ slope, error }) {
  return `${(slope / 1e3).toFixed(1)} ± ${(error / 1e3).toFixed(1)}`;
}
