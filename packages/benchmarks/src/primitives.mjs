// The rows of percent-encoding, base strings and header parsing. This file uses only features of
// every runtime, because packages/runtimes measures these rows in each of them.
import { parseAuthorizationHeader, serializeAuthorizationHeader } from "@oauth1/auth-header";
import { signatureBaseString } from "@oauth1/base-string";
import { normalizePercentEncoding, percentDecode, percentEncode } from "@oauth1/percent-encoding";
import OAuth from "oauth-1.0a";
import { inRounds } from "./rounds.mjs";

/**
 * @typedef {object} PrimitiveRow
 * @property {string} name
 * @property {() => unknown} ours
 * @property {string} reference
 * @property {() => unknown} theirs
 * @property {number} goal how many times as fast ours must be
 */

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
 * Measures each row separately with its reference, because ten thousand parameters create
 * garbage whose collection would slow down other rows.
 *
 * @returns {Promise<(Omit<PrimitiveRow, "ours" | "theirs"> & { ours: number, theirs: number, times: number })[]>} the
 *   nanoseconds per call, and how many times as fast ours is
 */
export async function measurePrimitives() {
  const rows = [...encodingRows(), ...baseStringRows()];
  // All are compiled before, because one call site then serves many kinds of text.
  for (const { ours, theirs } of rows) {
    for (let call = 0; call < 300; call++) {
      ours();
      theirs();
    }
  }
  const results = [];
  for (const row of rows) {
    const { ours, theirs } = await inRounds(
      { ours: row.ours, theirs: row.theirs },
      { milliseconds: 3 },
    );
    results.push({ ...row, ours, theirs, times: theirs / ours });
  }
  return results;
}

/** @returns {PrimitiveRow[]} */
function encodingRows() {
  /** @type {[keyof typeof texts, encode: number, decode: number][]} */
  const goals = [
    ["20 unreserved characters", 4, 1.1],
    ["32 characters of mixed ASCII", 2.5, 0.9],
    ["20 characters outside ASCII", 1.5, 0.8],
    ["4,800 characters of mixed ASCII", 1, 0.8],
  ];
  const rows = goals.map(([name, goal]) => ({
    name: `percentEncode, ${name}`,
    ours: () => percentEncode(texts[name]),
    reference: "encodeURIComponent and replace",
    theirs: () => encodeByPlatform(texts[name]),
    goal,
  }));
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
  const spellings = {
    "upper-case": upperCase,
    "lower-case": upperCase.replace(/%../g, (octet) => octet.toLowerCase()),
  };
  for (const [spelling, encoded] of Object.entries(spellings)) {
    rows.push({
      name: `normalizePercentEncoding, 20 characters outside ASCII, ${spelling} escapes`,
      ours: () => normalizePercentEncoding(encoded, { plus: "literal" }),
      reference: "decodeURIComponent, encodeURIComponent and replace",
      theirs: () => encodeByPlatform(decodeURIComponent(encoded)),
      goal: 1,
    });
  }
  return rows;
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

/** @returns {PrimitiveRow[]} */
function baseStringRows() {
  const oauth10a = new OAuth({ consumer: { key: "", secret: "" } });
  /** @type {PrimitiveRow[]} */
  const rows = [];
  for (const [count, goal] of /** @type {const} */ ([
    [10, 4],
    [1000, 4],
    [10_000, 3],
  ])) {
    // 7,919 is prime, so the names are not sorted.
    const pairs = Array.from({ length: count }, (_, index) => {
      return /** @type {const} */ ([`name${(index * 7919) % count}`, `a value (${index})`]);
    });
    // Decoded, so that the text has one octet for each character, like a received one.
    const form = new TextDecoder("latin1").decode(
      new TextEncoder().encode(pairs.map((pair) => pair.map(percentEncode).join("=")).join("&")),
    );
    const data = Object.fromEntries(pairs);
    const ofPairs = () =>
      signatureBaseString({ method: "POST", url, body: pairs }, protocolParameters);
    const ofForm = () =>
      signatureBaseString({ method: "POST", url, body: form }, protocolParameters);
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
        goal: 0.77,
      },
    );
  }
  return rows;
}

const header = serializeAuthorizationHeader({
  realm: "Photos",
  parameters: [...protocolParameters, ["oauth_signature", "tR3+Ty81lMeYAr/Fid0kMTYa/WM="]],
});

export const parseHeader = () => parseAuthorizationHeader(header);
