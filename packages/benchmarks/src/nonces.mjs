// Compares the memory store of nonces with a Set of strings: bytes per nonce at five million,
// spends per second. Each runs in its own process. Writes docs/nonces.md, which nothing else
// writes.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import { measuredOn } from "./measured-on.mjs";

const COUNT = 5_000_000;
const TOLERANCE = 300; // seconds
const START = 1_191_242_096;

/** Each spends a nonce, and returns true if it is fresh. */
const stores = {
  "@oauth1/verifier/nonces/memory": () => {
    const store = memoryNonceStore({ capacity: 3 * COUNT, clock: () => now });
    /** @param {Nonce} nonce */
    return (nonce) => store.spend(nonce) === "fresh";
  },
  "a Set of strings": () => {
    const set = new Set();
    /** @param {Nonce} nonce */
    return ({ client, token, timestamp, nonce }) => {
      const text = `${client}&${token}&${timestamp}&${nonce}`;
      if (set.has(text)) return false;
      set.add(text);
      return true;
    };
  },
};
let now = START;

/** @typedef {Parameters<ReturnType<typeof memoryNonceStore>["spend"]>[0]} Nonce */
/** @typedef {{ octets: number, peak: number, fresh: number, used: number }} Result */

const [, , only] = process.argv;
if (only !== undefined) {
  const make = Object.entries(stores).find(([name]) => name === only)?.[1];
  if (make === undefined) throw new Error(`unknown store: ${only}`);
  console.log(JSON.stringify(measure(make())));
} else {
  const results = Object.keys(stores).map((name) => ({ name, ...measureApart(name) }));
  const page = pageOf(results);
  writeFileSync(fileURLToPath(new URL("../../../docs/nonces.md", import.meta.url)), page);
  console.log(page);
}

/**
 * @param {string} name
 * @returns {Result}
 */
function measureApart(name) {
  const words = ["--expose-gc", "--max-old-space-size=4096", fileURLToPath(import.meta.url), name];
  const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/**
 * Five million requests within the tolerance, and then the same ones again as replays.
 *
 * @param {(nonce: Nonce) => boolean} spend
 * @returns {Result}
 */
function measure(spend) {
  // Warms up the compiler before the measurement.
  for (let index = 0; index < 200_000; index++) spend(nonceOf(-1 - index));
  const before = memory();
  let wrong = 0;

  let began = process.cpuUsage();
  for (let index = 0; index < COUNT; index++) {
    now = START + Math.floor((index * TOLERANCE) / COUNT);
    if (!spend(nonceOf(index))) wrong++;
  }
  const fresh = secondsSince(began);
  const peak = process.memoryUsage().rss;
  const after = memory();

  began = process.cpuUsage();
  for (let index = 0; index < COUNT; index++) if (spend(nonceOf(index))) wrong++;
  const used = secondsSince(began);

  if (wrong > 0) throw new Error(`${wrong} wrong answers`);
  return {
    octets: (after.held - before.held) / COUNT,
    peak: (peak - before.rss) / COUNT,
    fresh: COUNT / fresh,
    used: COUNT / used,
  };
}

/**
 * The nonce of a request: client and token as in RFC 5849, 32 characters by the signer.
 *
 * @param {number} index
 * @returns {Nonce}
 */
function nonceOf(index) {
  const timestamp = START + Math.max(0, Math.floor((index * TOLERANCE) / COUNT));
  return {
    client: "dpf43f3p2l4k3l03",
    token: "nnch734d00sl2jdk",
    timestamp,
    nonce: `b7f1c0d2e4a59683b7f1c0d2${String(index).padStart(8, "0")}`,
    expires: timestamp + TOLERANCE,
  };
}

function memory() {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { held: heapUsed + arrayBuffers, rss };
}

/** @param {NodeJS.CpuUsage} began */
function secondsSince(began) {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}

/** @param {({ name: string } & Result)[]} results */
function pageOf(results) {
  const cells = results.map(({ name, octets, peak, fresh, used }) => [
    name.startsWith("@") ? `\`${name}\`` : name,
    octets.toFixed(1),
    peak.toFixed(1),
    (fresh / 1e6).toFixed(2),
    (used / 1e6).toFixed(2),
  ]);
  const head = [
    "",
    "bytes per nonce",
    "with garbage",
    "million spends per second",
    "million replays per second",
  ];
  /** @param {readonly (string | undefined)[]} row */
  const line = (row) => `| ${row.join(" | ")} |`;
  return [
    "# Nonces in memory",
    "",
    "This page shows how much memory and time the memory store of the verifier needs.",
    "`npx pnpm --filter @oauth1/benchmarks bench:nonces` writes this page.",
    "",
    measuredOn,
    "",
    line(head),
    line(head.map(() => "---")),
    ...cells.map(line),
    "",
    `The benchmark spends the nonces of ${COUNT.toLocaleString("en")} requests, whose timestamps are spread over ${TOLERANCE} seconds, and`,
    "then spends all of them again. _Bytes per nonce_ is the memory that the process uses for it after a garbage collection:",
    "heap and array buffers. _With garbage_ is the growth of its resident memory before that. _Per second_",
    "means per second of processor time, including garbage collection and the creation of the nonce. The",
    "benchmark checks every result. A Set of strings is there for comparison. It never removes a nonce, and has no limit.",
    "",
  ].join("\n");
}
