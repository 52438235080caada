import { isFormContentType } from "@oauth1/base-string/entity-body";
import { isNamed, type PlacedHeader } from "../header-field.js";
import { Fault } from "../reading.js";
import { joined, latin1, octetsOf } from "../source-text.js";
import { indentationOf } from "./message-head.js";

/** The octets of the body that begins at an index. */
export function messageBody(
  text: string,
  index: number,
  indentation: number,
  headers: readonly PlacedHeader[],
): Uint8Array | null {
  const body = withoutIndentation(text.slice(index), indentation);
  const octets = delimited(body, headers, index);
  return octets.length === 0 ? null : octets;
}

/** RFC 9112 §6.3: the headers that determine where a body ends. */
function delimited(body: string, headers: readonly PlacedHeader[], index: number): Uint8Array {
  const field = (name: string) => headers.filter((header) => isNamed(header, name));
  const [length, otherLength] = field("content-length");
  const isForm = field("content-type").some(({ value }) => isFormContentType(value));
  const whole = () => octetsOf(isForm ? withoutEmptyEnd(body) : body);
  if (field("transfer-encoding").length > 0) {
    // Most programs show a body with its chunks already joined.
    return chunks(octetsOf(body)) ?? whole();
  }
  if (length !== undefined) {
    if (otherLength !== undefined || !/^\d{1,15}$/.test(length.value)) {
      throw new Fault("ERR_CAPTURED_BODY", "Content-Length must be one whole number", length.index);
    }
    return ofLength(body, Number(length.value), index);
  }
  return whole();
}

/**
 * The first octets of a body. Pasting can lose the CR of its line breaks, and add line breaks at
 * its end.
 */
function ofLength(body: string, length: number, index: number): Uint8Array {
  const spellings = [octetsOf(body), octetsOf(body.replace(/\r?\n/g, "\r\n"))];
  for (const octets of spellings) {
    if (octets.length >= length && octets.subarray(length).every(isWhiteSpace)) {
      return octets.subarray(0, length);
    }
  }
  const found = spellings[0]?.length;
  const reason = `Content-Length is ${length}, but the body has ${found} bytes: paste the whole body, or remove Content-Length`;
  throw new Fault("ERR_CAPTURED_BODY", reason, index);
}

function isWhiteSpace(octet: number): boolean {
  return octet === LF || octet === CR || octet === 0x20 || octet === 0x09;
}

/** Removes empty lines at the end: a form does not contain line breaks. */
function withoutEmptyEnd(body: string): string {
  const content = body.trimEnd();
  const lineEnd = body.slice(content.length).search(/\r?\n/);
  return lineEnd < 0 ? body : body.slice(0, content.length + lineEnd);
}

/** Removes the indentation of the message, if every line has it. */
function withoutIndentation(body: string, indentation: number): string {
  const lines = body.split("\n");
  const common = lines.reduce(
    (least, text) => (text.trim() === "" ? least : Math.min(least, indentationOf({ text }))),
    indentation,
  );
  // A line of white space can have less.
  return lines.map((text) => text.slice(Math.min(common, indentationOf({ text })))).join("\n");
}

/** The content of the chunked transfer coding (RFC 9112 §7.1); `undefined` if it is not chunked. */
function chunks(octets: Uint8Array): Uint8Array | undefined {
  const pieces: Uint8Array[] = [];
  for (let index = 0; ; ) {
    const lineEnd = octets.indexOf(LF, index);
    if (lineEnd < 0) return undefined;
    const line = latin1(octets.subarray(index, lineEnd));
    const digits = /^([\da-f]{1,8})[ \t]*(?:;|\r?$)/i.exec(line)?.[1];
    if (digits === undefined) return undefined;
    const start = lineEnd + 1;
    const length = Number.parseInt(digits, 16);
    if (length === 0) return joined(pieces);
    pieces.push(octets.subarray(start, start + length));
    index = start + length;
    if (octets[index] === CR) index++;
    if (octets[index++] !== LF) return undefined;
  }
}

const CR = 0x0d;
const LF = 0x0a;
