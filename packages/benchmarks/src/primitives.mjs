// Compares the primitives with common alternatives in one run: percent-encoding, base strings and
// header parsing. Prints for each row how many times as fast ours is, and the goal.
import { createHmac } from "node:crypto";
import { cpus } from "node:os";
import { parseAuthorizationHeader, serializeAuthorizationHeader } from "@oauth1/auth-header";
import { signatureBaseString } from "@oauth1/base-string";
import { normalizePercentEncoding, percentDecode, percentEncode } from "@oauth1/percent-encoding";
import { bench, run } from "mitata";
import OAuth from "oauth-1.0a";

const texts = {
  "20 unreserved characters": "dpf43f3p2l4k3l03kd94",
  "32 characters of mixed ASCII": "Hello Ladies + Gentlemen! (*RFC)",
  "20 characters outside ASCII": "日本語のテキスト、二十文字ちょうどです。",
  "4,800 characters of mixed ASCII": "Hello Ladies + Gentlemen! (*RFC)".repeat(150),
};

/** @param {string} text */
function encodeByPlatform(text) {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {() => unknown} ours
 * @property {string} reference
 * @property {() => unknown} theirs
 * @property {number} goal The goal: how many times as fast ours must be.
 */

/** @type {Row[]} */
const rows = [];

/** @type {[keyof typeof texts, encode: number, decode: number][]} */
const goals = [
  ["20 unreserved characters", 4, 1.1],
  ["32 characters of mixed ASCII", 2.5, 0.9],
  ["20 characters outside ASCII", 1.5, 0.8],
  ["4,800 characters of mixed ASCII", 1, 0.8],
];
for (const [name, goal] of goals) {
  const text = texts[name];
  rows.push({
    name: `percentEncode, ${name}`,
    ours: () => percentEncode(text),
    reference: "encodeURIComponent and replace",
    theirs: () => encodeByPlatform(text),
    goal,
  });
}
for (const [name, , goal] of goals) {
  const encoded = encodeByPlatform(texts[name]);
  rows.push({
    name: `percentDecode, ${name}`,
    ours: () => percentDecode(encoded),
    reference: "decodeURIComponent",
    theirs: () => decodeURIComponent(encoded),
    goal,
  });
}
const upperCase = encodeByPlatform(texts["20 characters outside ASCII"]);
for (const [spelling, encoded] of /** @type {const} */ ([
  ["upper-case", upperCase],
  ["lower-case", upperCase.replace(/%../g, (octet) => octet.toLowerCase())],
])) {
  rows.push({
    name: `normalizePercentEncoding, 20 characters outside ASCII, ${spelling} escapes`,
    ours: () => normalizePercentEncoding(encoded, { plus: "literal" }),
    reference: "decodeURIComponent, encodeURIComponent and replace",
    theirs: () => encodeByPlatform(decodeURIComponent(encoded)),
    goal: 1,
  });
}

const url = "https://api.example.com/1.1/statuses/update.json";
const protocol = {
  oauth_consumer_key: "xvz1evFS4wEEPTGEFPHBog",
  oauth_nonce: "1f0c7d5a93b24e68a7d1c0f2e4b6983d",
  oauth_signature_method: "HMAC-SHA1",
  oauth_timestamp: "1318622958",
  oauth_token: "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
  oauth_version: "1.0",
};
const protocolParameters = Object.entries(protocol);
const oauth10a = new OAuth({ consumer: { key: "", secret: "" } });

for (const [count, goal] of /** @type {const} */ ([
  [10, 4],
  [1000, 4],
  [10_000, 3],
])) {
  // 7,919 is prime, so the names are not sorted.
  const pairs = Array.from({ length: count }, (_, index) => {
    return /** @type {const} */ ([`name${(index * 7919) % count}`, `a value (${index})`]);
  });
  const data = Object.fromEntries(pairs);
  const form = pairs.map((pair) => pair.map(percentEncode).join("=")).join("&");
  const ofPairs = () =>
    signatureBaseString({ method: "POST", url, body: pairs }, protocolParameters);
  const ofForm = () => signatureBaseString({ method: "POST", url, body: form }, protocolParameters);
  // It writes the data into the protocol parameters, so each call gets a new object.
  const theirs = () =>
    oauth10a.getBaseString({ method: "POST", url, data }, /** @type {any} */ ({ ...protocol }));
  if (ofPairs() !== theirs() || ofForm() !== theirs()) throw new Error("the base strings differ");
  const counted = `${count.toLocaleString("en")} parameters`;
  rows.push(
    {
      name: `base string, ${counted} as pairs`,
      ours: ofPairs,
      reference: "oauth-1.0a",
      theirs,
      goal,
    },
    {
      name: `base string, ${counted} as a form's text`,
      ours: ofForm,
      reference: "ours as pairs",
      theirs: ofPairs,
      goal: 1 / 1.3,
    },
  );
}

const header = serializeAuthorizationHeader({
  realm: "Photos",
  parameters: [...protocolParameters, ["oauth_signature", "tR3+Ty81lMeYAr/Fid0kMTYa/WM="]],
});
const baseString = "POST&https%3A%2F%2Fapi.example.com%2Fphotos&".padEnd(450, "a%3D1%26");
rows.push({
  name: "parseAuthorizationHeader, 8 parameters",
  ours: () => parseAuthorizationHeader(header),
  reference: "createHmac on 450 characters",
  theirs: () => createHmac("sha1", "kd94hf93k423kf44&").update(baseString).digest("base64"),
  goal: 2,
});

// All are compiled before the measurement, because one call site then serves many kinds of text.
for (const { ours, theirs } of rows) {
  for (let call = 0; call < 300; call++) {
    ours();
    theirs();
  }
}
for (const { name, ours, reference, theirs } of rows) {
  bench(name, ours);
  bench(`${name}: ${reference}`, theirs);
}
const { benchmarks } = await run();
const medians = new Map(benchmarks.map(({ alias, runs }) => [alias, runs[0]?.stats?.p50 ?? NaN]));

console.log(`\nNode ${process.versions.node}, ${cpus()[0]?.model.trim()}\n`);
console.log("| | median µs | against | median µs | times as fast | goal |");
console.log("|---|---:|---|---:|---:|---:|");
for (const { name, reference, goal } of rows) {
  const [ours = NaN, theirs = NaN] = [medians.get(name), medians.get(`${name}: ${reference}`)];
  const times = [(ours / 1000).toFixed(2), reference, (theirs / 1000).toFixed(2)];
  console.log(
    `| ${name} | ${times.join(" | ")} | ${(theirs / ours).toFixed(2)} | ${goal.toFixed(2)} |`,
  );
}
