// Text and octets. A body can be other than UTF-8, so an octet that is not part of a UTF-8
// character is written in a text as a lone surrogate from U+DC80 to U+DCFF, which Unicode text does
// not contain. Every other lone surrogate is replaced first, like in an encoder.

/** The input as text in which octets that are not UTF-8 are escaped. */
export function sourceText(input: string | Uint8Array): string {
  const text = typeof input === "string" ? wellFormed(input) : decoded(input);
  return text.replace(/^\ufeff/, "");
}

/** Octets as text in which those that are not UTF-8 are escaped. */
function decoded(octets: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return latin1(octets).replace(NOT_ASCII, decodeSequence);
  }
}

/** A text without lone surrogates. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** An octet that is not part of a UTF-8 character. */
export function escapedOctet(octet: number): string {
  return octet < 0x80 ? String.fromCharCode(octet) : String.fromCharCode(ESCAPE + octet);
}

/** Joins escaped octets that together are a character. */
export function recombined(text: string): string {
  return /[\udc80-\udcff]/u.test(text) ? decoded(octetsOf(text)) : text;
}

/** The octets of a text. */
export function octetsOf(text: string): Uint8Array {
  const pieces = text.split(/([\udc80-\udcff]+)/u);
  const encoder = new TextEncoder();
  const encoded = pieces.map((piece, index) =>
    index % 2 === 0
      ? encoder.encode(piece)
      : Uint8Array.from(piece, (escaped) => escaped.charCodeAt(0) - ESCAPE),
  );
  return joined(encoded);
}

/** Octets one after the other. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let index = 0;
  for (const piece of pieces) {
    whole.set(piece, index);
    index += piece.length;
  }
  return whole;
}

/** The octets of a body; `null` if it is empty. */
export function bodyOf(text: string): Uint8Array | null {
  return text === "" ? null : octetsOf(text);
}

/** Octets as text, one character each. */
export function latin1(octets: Uint8Array): string {
  let text = "";
  for (let start = 0; start < octets.length; start += MOST_ARGUMENTS) {
    text += String.fromCharCode(...octets.subarray(start, start + MOST_ARGUMENTS));
  }
  return text;
}

const ESCAPE = 0xdc00;

/** The number of arguments that every engine accepts in one call. */
const MOST_ARGUMENTS = 8192;

/** The well-formed sequences of RFC 3629 §4, and single octets that belong to none. */
const NOT_ASCII =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]/g;

function decodeSequence(sequence: string): string {
  if (sequence.length === 1) return escapedOctet(sequence.charCodeAt(0));
  return decodeURIComponent(
    sequence.replace(/./gs, (octet) => `%${octet.charCodeAt(0).toString(16)}`),
  );
}
