// Measures signing, verifying and their parts beside other libraries, in one run. Writes
// docs/performance.md and docs/performance.json, which nothing else writes. With `--check` it writes
// nothing, and fails if a ratio is worse than the committed one by a quarter: for a quiet machine,
// not for CI.
import { createHmac } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { prepareHmacSha1 } from "@oauth1/hmac-sha1";
import { createSigner } from "@oauth1/signer";
import { isRightHeader } from "./check.mjs";
import { conformanceSpeed } from "./conformance-speed.mjs";
import { machine } from "./measured-on.mjs";
import { millionSignatures } from "./million-signatures.mjs";
import { signingPeers, wireOf } from "./peers.mjs";
import { performancePage } from "./performance-page.mjs";
import { measurePrimitives, parseHeader } from "./primitives.mjs";
import { redisSpend } from "./redis-spend.mjs";
import { bareRequest, plainRequest, request } from "./request.mjs";
import { inRounds } from "./rounds.mjs";
import { measureServers, median } from "./server-load.mjs";
import { oauthlibVerification, ourVerification, passportVerification } from "./verifying.mjs";

/**
 * One result. `value` is a ratio, or a number of the unit.
 *
 * @typedef {object} Row
 * @property {"signing" | "verifying" | "primitives" | "whole"} section
 * @property {string} name
 * @property {number} value
 * @property {string} unit
 * @property {number | undefined} goal
 * @property {"lower" | "higher"} better
 * @property {number | undefined} microseconds the time of ours for one call
 * @property {Record<string, number>} peers how many times the time of ours each needs
 */

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const committed = new URL("../../../docs/performance.json", import.meta.url);

/** @typedef {import("./rounds.mjs").Work} Work */

/** @type {Row[]} */
const rows = [];
/** @type {number[]} */
const timesOfB = [];

const key = "kd94hf93k423kf44&pfkkdhi9sl3r4s00";
const baseString = "POST&https%3A%2F%2Fapi.example.com%2Fphotos&".padEnd(450, "a%3D1%26");
/** What everything is compared with. */
const hmac = () => createHmac("sha1", key).update(baseString).digest("base64");

await addSigning();
await addVerifying();
await addPrimitives();
await addServers();
await addRedis();
const { vectors, perSecond } = await conformanceSpeed();
addNumber(
  `Conformance runner on these packages, ${vectors} vectors`,
  perSecond,
  "vectors a second",
  10_000,
);
const million = await millionSignatures();
addNumber(
  "Bytes that one signature allocates",
  million.bytesPerSignature,
  "bytes",
  undefined,
  "lower",
);
if (million.growth > 2 ** 20)
  throw new Error("the heap must not grow with the number of signatures");

const result = {
  machine,
  microsecondsOfB: median(timesOfB) / 1000,
  heapGrowth: million.growth,
  rows,
};
const text = performancePage(result);
console.log(text);
if (values.check) check();
else {
  writeFileSync(new URL("../../../docs/performance.md", import.meta.url), text);
  writeFileSync(committed, `${JSON.stringify(result, null, 2)}\n`);
}

async function addSigning() {
  const signer = createSigner({ client: request.client, token: request.token });
  const kinds = [
    { name: "POST with query, form and token, little to encode", of: plainRequest, goal: 1.9 },
    { name: "POST of X's documentation", of: request, goal: 2 },
    { name: "GET without parameters", of: bareRequest, goal: 1.5 },
  ];
  /** @type {Record<string, Work>} */
  const works = { B: hmac };
  for (const { name, of } of kinds) {
    const { method, url } = wireOf(of);
    const form = Object.entries(of.form);
    const body = form.length === 0 ? undefined : form;
    const sign = () => signer.sign({ method, url, body }).headers["Authorization"] ?? "";
    if (!isRightHeader(of, sign())) throw new Error("@oauth1/signer must sign correctly");
    works[name] = sign;
    for (const [peer, theirs] of Object.entries(signingPeers(of)))
      works[`${name}: ${peer}`] = theirs;
  }
  const another = "POST of X's documentation, another URL in each call";
  const { method, url } = wireOf(request);
  const body = Object.entries(request.form);
  let page = 0;
  works[another] = () =>
    signer.sign({ method, url: `${url}&page=${page++}`, body }).headers["Authorization"];
  const times = await inRounds(works);
  for (const { name, goal } of kinds) addTime("signing", name, times, goal);
  addTime("signing", another, times, 2.3);
}

async function addVerifying() {
  const name = "GET with two query parameters, memory store of nonces";
  const oauthlib = await oauthlibVerification();
  /** @type {Record<string, Work>} */
  const works = {
    B: hmac,
    [name]: ourVerification(),
    [`${name}: passport-http-oauth`]: passportVerification(),
  };
  if (oauthlib !== undefined) works[`${name}: oauthlib`] = oauthlib.work;
  const times = await inRounds(works);
  oauthlib?.stop();
  addTime("verifying", name, times, 3);
}

async function addPrimitives() {
  const header = "parseAuthorizationHeader, 8 parameters";
  const ofHmac = "prepareHmacSha1, one signature of the same text";
  const { sign } = prepareHmacSha1({
    clientSharedSecret: "kd94hf93k423kf44",
    tokenSharedSecret: "pfkkdhi9sl3r4s00",
  });
  const times = await inRounds({
    B: hmac,
    [header]: parseHeader,
    [ofHmac]: () => sign(baseString),
  });
  addTime("primitives", header, times, 0.5);
  addTime("primitives", ofHmac, times, undefined);
  for (const row of await measurePrimitives()) {
    const { name, ours, times, reference, goal } = row;
    rows.push({
      section: "primitives",
      name: `${name}, against ${reference}`,
      value: times,
      unit: "times as fast",
      goal,
      better: "higher",
      microseconds: ours / 1000,
      peers: {},
    });
  }
}

/**
 * A time as a multiple of B, and the times of others as multiples of it.
 *
 * @param {Row["section"]} section
 * @param {string} name
 * @param {Record<string, number>} times
 * @param {number | undefined} goal
 */
function addTime(section, name, times, goal) {
  const { B = Number.NaN, [name]: ours = Number.NaN } = times;
  timesOfB.push(B);
  const peers = Object.entries(times)
    .filter(([other]) => other.startsWith(`${name}: `))
    .map(([other, theirs]) => [other.slice(name.length + 2), theirs / ours]);
  rows.push({
    section,
    name,
    value: ours / B,
    unit: "B",
    goal,
    better: "lower",
    microseconds: ours / 1000,
    peers: Object.fromEntries(peers),
  });
}

/**
 * @param {string} name
 * @param {number} value
 * @param {string} unit
 * @param {number | undefined} goal
 * @param {Row["better"]} better
 */
function addNumber(name, value, unit, goal, better = "higher") {
  const microseconds = undefined;
  rows.push({ section: "whole", name, value, unit, goal, better, microseconds, peers: {} });
}

async function addServers() {
  const servers = await measureServers(["Fastify"], { rounds: 5, requests: 20_000 });
  const [open, verified] = servers;
  if (open === undefined || verified === undefined) throw new Error("no server");
  if (servers.some(({ errors }) => errors > 0)) throw new Error("a response was wrong");
  const added = median(verified.costs) - median(open.costs);
  const name = "Processor time that verifying adds to a request of Fastify";
  addNumber(name, (added * 1000) / median(timesOfB), "B", 6, "lower");
  const rate = median(verified.rates) / median(open.rates);
  addNumber("Rate of Fastify with the verifier, against without", rate, "times", 0.55);
}

async function addRedis() {
  const redis = await redisSpend();
  if (redis === undefined) return;
  const name = "Nonces spent in Redis, against the same SET alone";
  addNumber(name, redis.bare / redis.ours, "times as fast", 0.8);
}

/** Compares each ratio with the committed one. */
function check() {
  /** @type {{ rows: Row[] }} */
  const before = JSON.parse(readFileSync(committed, "utf8"));
  const known = new Map(before.rows.map((row) => [row.name, row.value]));
  for (const { name, value, better } of rows) {
    const then = known.get(name);
    if (then === undefined) continue;
    const isWorse = better === "lower" ? value > 1.25 * then : value < then / 1.25;
    if (!isWorse) continue;
    console.error(`worse: ${name}: ${value.toFixed(2)}, was ${then.toFixed(2)}`);
    process.exitCode = 1;
  }
}
