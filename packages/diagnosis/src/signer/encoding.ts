import { percentEncode } from "@oauth1/percent-encoding";
import type { MistakeName } from "../mistakes.js";
import { type Deviation, deviation, type Situation } from "./deviation.js";
import { decodeText, type Encoding, type Filter } from "./draft.js";

/** Wrong forms of percent-encoding (RFC 5849 §3.6, §3.4.1.1, §3.4.1.3.2). */
export function encodingDeviations(situation: Situation): Deviation[] {
  return [
    ...faultyEncoder("ReservedUnencoded", (text) => text.replace(/%2[1789A]/g, decodeURIComponent)),
    ...faultyEncoder("SpaceAsPlus", (text) => text.replaceAll("%20", "+")),
    ...asSpelled(situation),
    encoded("DoubleEncoded", ({ ownTimes, protocolTimes }) => ({
      ownTimes: ownTimes + 1,
      protocolTimes: protocolTimes + 1,
    })),
    encoded("DoubleEncoded", ({ ownTimes }) => ({ ownTimes: ownTimes + 1 })),
    encoded("DoubleEncoded", () => ({ normalizedTimes: 2 })),
    encoded("DoubleEncoded", () => ({ normalizedTimes: 2, uriTimes: 2 })),
    encoded("EncodedOnce", () => ({ ownTimes: 0, protocolTimes: 0 })),
    encoded("EncodedOnce", () => ({ ownTimes: 0 })),
    encoded("ElementsNotEncoded", () => ({ normalizedTimes: 0, uriTimes: 0 })),
    encoded("ElementsNotEncoded", () => ({ normalizedTimes: 0 })),
    encoded("ElementsNotEncoded", () => ({ uriTimes: 0 })),
    ...faultyEncoder("LowerCaseHex", (text) =>
      text.replace(/%[\dA-F]{2}/g, (escaped) => escaped.toLowerCase()),
    ),
    ...faultyEncoder("UnreservedEncoded", (text) => text.replaceAll("~", "%7E")),
    ...faultyEncoder("UnreservedEncoded", (text) => text.replace(/[-._~]/g, escapeCharacter)),
    ...faultyEncoder("UnreservedEncoded", (text) => text.replace(/[-._]/g, escapeCharacter)),
    ...faultyEncoder("SlashUnencoded", (text) => text.replaceAll("%2F", "/")),
    ...faultyEncoder("ReservedUnencoded", (text) =>
      text.replace(/%(?:2[1346789ABCF]|3[ABDF]|40)/g, decodeURIComponent),
    ),
    ...LATIN1.flatMap((filter) => faultyEncoder("Latin1Octets", filter)),
    ...NON_BMP.flatMap((change) =>
      faultyEncoder("NonBmp", (text) => text.replace(/%F[0-4](?:%[\dA-F]{2}){3}/g, change)),
    ),
    encoded("NonUtf8Lost", ({ inner }) => ({ inner: [...inner, withReplacements] })),
    encoded("DoubleEncoded", ({ ownTimes }) => ({ ownTimes: ownTimes + 1, asSpelled: true })),
    encoded("DoubleEncoded", ({ protocolTimes }) => ({ protocolTimes: protocolTimes + 1 })),
  ];
}

/**
 * The forms of an encoder that makes a mistake: everywhere, only in names and values, only in
 * those of the request's own parameters, or only in the elements of the base string.
 */
function faultyEncoder(mistake: MistakeName, filter: Filter): Deviation[] {
  return [
    encoded(mistake, ({ inner, outer }) => ({
      inner: [...inner, filter],
      outer: [...outer, filter],
    })),
    encoded(mistake, ({ inner }) => ({ inner: [...inner, filter] })),
    encoded(mistake, ({ inner }) => ({ inner: [...inner, filter], innerOfProtocol: false })),
    encoded(mistake, ({ outer }) => ({ outer: [...outer, filter] })),
  ];
}

function encoded(
  mistakes: MistakeName | readonly MistakeName[],
  change: (encoding: Encoding) => Partial<Encoding>,
): Deviation {
  return deviation(mistakes, "encoding", (encoding) => ({ ...encoding, ...change(encoding) }));
}

/**
 * A signer that signs the query or the form as it is spelled. The spelling determines the
 * mistake.
 */
function asSpelled({ reading }: Situation): Deviation[] {
  const features = new Set<MistakeName>();
  for (const { spelled, name, value } of reading.parameters) {
    if (spelled === undefined) continue;
    for (const [text, right] of [
      [spelled[0], name],
      [spelled[1], value],
    ] as const) {
      if (text === right) continue;
      if (text.includes("+")) features.add("SpaceAsPlus");
      if (/%(?=.?[a-f])/.test(text)) features.add("LowerCaseHex");
      if (/%(?:2[de]|3\d|[46][\da-f]|5[\daf]|7[\dae])/i.test(text))
        features.add("UnreservedEncoded");
      if (/[^\w.~%+-]/.test(text)) features.add("ReservedUnencoded");
    }
  }
  if (features.size === 0) return [];
  return [encoded([...features], () => ({ asSpelled: true }))];
}

/** One entry for each way in which text becomes, or is misread as, octets of ISO-8859-1. */
const LATIN1: readonly Filter[] = [
  (text) =>
    text
      .replace(/%(?:C[4-9A-F]|D[\dA-F])%..|%E.%..%..|%F.%..%..%../g, "%3F")
      .replace(/%C2(%..)|%C3%(.)(.)/g, (_, low: string | undefined, high = "", digit = "") =>
        low === undefined ? `%${"CDEF"["89AB".indexOf(high)]}${digit}` : low,
      ),
  // Octets of UTF-8 that are misread as characters of ISO-8859-1 and encoded as UTF-8 again.
  (text) =>
    text.replace(/%([89A-F])(.)/g, (_, high: string, digit: string) =>
      high < "C" ? `%C2%${high}${digit}` : `%C3%${"89AB"["CDEF".indexOf(high)]}${digit}`,
    ),
];

/** The replacements of a character above U+FFFF: its surrogates, nothing, or replacement marks. */
const NON_BMP: readonly ((character: string) => string)[] = [
  (character) => {
    const text = decodeText(character);
    return [text.charCodeAt(0), text.charCodeAt(1)]
      .flatMap((unit) => [0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 63), 0x80 | (unit & 63)])
      .map((octet) => `%${octet.toString(16).toUpperCase()}`)
      .join("");
  },
  () => "",
  () => "%3F",
  () => "%3F%3F",
  () => "%EF%BF%BD",
  () => "%EF%BF%BD%EF%BF%BD",
];

/** Octets of encoded text as a lenient UTF-8 decoder returns them. */
function withReplacements(encoded: string): string {
  return encoded.replace(/(?:%[\dA-F]{2})+/g, (run) => {
    const octets = Uint8Array.from(run.slice(1).split("%"), (hexadecimal) =>
      Number(`0x${hexadecimal}`),
    );
    return percentEncode(new TextDecoder("utf-8", { ignoreBOM: true }).decode(octets));
  });
}

function escapeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
