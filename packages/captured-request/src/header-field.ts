import { Fault } from "./reading.js";

/** A header with its position in the text. */
export interface PlacedHeader {
  readonly name: string;
  readonly value: string;
  readonly index: number | undefined;
}

/** Creates a header from a name and a value that HTTP can send (RFC 9110 §5.1, §5.5). */
export function headerField(name: string, text: string, index: number | undefined): PlacedHeader {
  const value = trimmed(text);
  if (!isToken(name) || /[\0\r\n]/.test(value)) {
    const reason = "a header must be a name, a colon and a value, without line breaks: correct it";
    throw new Fault("ERR_CAPTURED_HEADER_FIELD", reason, index);
  }
  return { name, value, index };
}

/** Returns the method if it is valid (RFC 9110 §9.1). */
export function methodName(text: string, index: number | undefined): string {
  if (isToken(text)) return text;
  throw new Fault("ERR_CAPTURED_METHOD", "the method must be a word such as GET or POST", index);
}

/** Returns true if a name is that of a header. */
export function isNamed({ name }: { readonly name: string }, lowerCaseName: string): boolean {
  return name.toLowerCase() === lowerCaseName;
}

/** RFC 9110 §5.6.2. */
function isToken(text: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(text);
}

/** Trims the white space that is not part of a value, in linear time. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (/[ \t\r\n]/.test(text.charAt(start))) start++;
  while (/[ \t\r\n]/.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
