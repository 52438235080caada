import { KeyError } from "./key-error.js";

export const SEQUENCE = 0x30;
export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;
export const OBJECT_IDENTIFIER = 0x06;

/** One element of DER (ITU-T X.690 §8.1): its tag, its contents, and all of its octets. */
export interface DerElement {
  readonly tag: number;
  readonly contents: Uint8Array;
  readonly octets: Uint8Array;
}

/** The consecutive elements in the octets. */
export function readDer(octets: Uint8Array): DerElement[] {
  const elements: DerElement[] = [];
  for (let start = 0; start < octets.length; ) {
    const [length, contentsStart] = readLength(octets, start + 1);
    const end = contentsStart + length;
    if (end > octets.length) throw truncated();
    elements.push({
      tag: octets[start] ?? 0,
      contents: octets.subarray(contentsStart, end),
      octets: octets.subarray(start, end),
    });
    start = end;
  }
  return elements;
}

/** An element of the given tag that contains the parts. */
export function writeDer(tag: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const lengthOctets: number[] = [];
  for (let rest = length; rest > 0; rest >>>= 8) lengthOctets.unshift(rest & 0xff);
  const header = length < 0x80 ? [length] : [0x80 | lengthOctets.length, ...lengthOctets];
  const element = new Uint8Array(1 + header.length + length);
  element[0] = tag;
  element.set(header, 1);
  let offset = 1 + header.length;
  for (const part of parts) {
    element.set(part, offset);
    offset += part.length;
  }
  return element;
}

function readLength(octets: Uint8Array, index: number): [length: number, next: number] {
  const first = octets[index];
  if (first === undefined) throw truncated();
  if (first < 0x80) return [first, index + 1];
  const count = first & 0x7f;
  if (count === 0 || count > 3) throw truncated();
  let length = 0;
  for (let at = index + 1; at <= index + count; at++) length = length * 256 + (octets[at] ?? 0);
  return [length, index + 1 + count];
}

function truncated(): KeyError {
  return new KeyError("ERR_KEY_MALFORMED", "the key is truncated or damaged");
}
