import { Scanner } from "../scanner.js";
import { wellFormed } from "../source-text.js";

/** A value of JSON or of a JavaScript literal, with its position in the text. */
export interface Literal {
  readonly value: LiteralValue;
  readonly index: number;
}

/** An object is a map. If members have the same name, JSON and JavaScript use the last. */
export type LiteralValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Literal[]
  | ReadonlyMap<string, Literal>;

/**
 * Parses the literal that begins at an index: JSON, and in addition JavaScript's single quotes,
 * names without quotes, comments and a trailing comma, but not computed values.
 *
 * @returns the literal, and the index of the text after it and the space that follows it.
 */
export function parseLiteral(text: string, start: number): { literal: Literal; end: number } {
  const scanner = new Scanner(text, start, "ERR_CAPTURED_LITERAL");
  return { literal: readValue(scanner, 0), end: scanner.index };
}

/** A value and the space around it. */
function readValue(scanner: Scanner, depth: number): Literal {
  if (depth > MOST_LEVELS) {
    throw scanner.fault(`lists and objects must not be nested more than ${MOST_LEVELS} deep`);
  }
  skipSpace(scanner);
  const { index, next } = scanner;
  const value =
    next === "{"
      ? readObject(scanner, depth)
      : next === "["
        ? readList(scanner, depth)
        : QUOTES.has(next)
          ? readString(scanner)
          : readWord(scanner);
  skipSpace(scanner);
  return { index, value };
}

function readWord(scanner: Scanner): LiteralValue {
  const { index } = scanner;
  const number = scanner.match(NUMBER);
  if (number !== undefined) return Number(number[0]);
  const word = scanner.match(NAME)?.[0] ?? "";
  if (WORDS.has(word)) return WORDS.get(word);
  const reason =
    "only strings, numbers, arrays and objects can be read: write the value itself here";
  throw scanner.fault(reason, index);
}

function readObject(scanner: Scanner, depth: number): ReadonlyMap<string, Literal> {
  const found = new Map<string, Literal>();
  take(scanner, "{");
  while (!take(scanner, "}")) {
    const name = /["']/.test(scanner.next) ? readString(scanner) : scanner.match(NAME)?.[0];
    skipSpace(scanner);
    if (name === undefined || !take(scanner, ":")) {
      throw scanner.fault("a name and a colon, or a closing brace, is missing here");
    }
    found.set(name, readValue(scanner, depth + 1));
    requireSeparator(scanner, "}");
  }
  return found;
}

function readList(scanner: Scanner, depth: number): readonly Literal[] {
  const found: Literal[] = [];
  take(scanner, "[");
  while (!take(scanner, "]")) {
    found.push(readValue(scanner, depth + 1));
    requireSeparator(scanner, "]");
  }
  return found;
}

function readString(scanner: Scanner): string {
  const { index, next: quote } = scanner;
  const pieces: string[] = [];
  scanner.index++;
  while (scanner.next !== quote) {
    const piece = scanner.match(QUOTES.get(quote) as RegExp)?.[0] ?? escaped(scanner);
    if (piece !== undefined) pieces.push(piece);
    else throw scanner.fault("the quoted text that begins here does not end", index);
  }
  scanner.index++;
  const whole = wellFormed(pieces.join(""));
  return quote === "`" ? whole.replace(/\r\n?/g, "\n") : whole; // ECMA-262 §12.9.6
}

/** The text of an escape; `undefined` if there is none here. */
function escaped(scanner: Scanner): string | undefined {
  const { index } = scanner;
  if (scanner.match(PLACEHOLDER)) {
    throw scanner.fault("a placeholder in a template cannot be read: write its text here", index);
  }
  const [whole, braced, unicode, hex, other] = scanner.match(ESCAPE) ?? [];
  if (whole === undefined) return undefined;
  if (other !== undefined) return LINE_BREAK.test(other) ? "" : (ESCAPES.get(other) ?? other);
  const code = Number.parseInt(braced ?? unicode ?? hex ?? "", 16);
  if (code <= 0x10ffff) return String.fromCodePoint(code);
  throw scanner.fault("the escape is malformed: correct it", index);
}

function take(scanner: Scanner, character: string): boolean {
  if (scanner.next !== character) return false;
  scanner.index++;
  skipSpace(scanner);
  return true;
}

function requireSeparator(scanner: Scanner, end: string): void {
  if (take(scanner, ",") || scanner.next === end) return;
  throw scanner.fault(`a comma or ${end} is missing here`);
}

function skipSpace(scanner: Scanner): void {
  scanner.index = skipSpaceFrom(scanner.text, scanner.index);
}

/** The index after spaces, line breaks and comments. */
export function skipSpaceFrom(text: string, start: number): number {
  for (let index = start; ; ) {
    SPACE.lastIndex = index;
    index += SPACE.exec(text)?.[0].length ?? 0;
    const isLine = text.startsWith("//", index);
    if (!isLine && !text.startsWith("/*", index)) return index;
    const end = text.indexOf(isLine ? "\n" : "*/", index + 2);
    if (end >= 0) index = end + (isLine ? 1 : 2);
    else return isLine ? text.length : index;
  }
}

/** More levels than real requests have, and fewer than the call stack allows. */
const MOST_LEVELS = 100;
const SPACE = /\s+/y;
const NUMBER = /-?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/iy;
/** Ordinary characters between quotes. */
const QUOTES = new Map([
  ['"', /[^"\\\n\r]+/y],
  ["'", /[^'\\\n\r]+/y],
  ["`", /(?:[^`\\$]|\$(?!\{))[^`\\$]*/y],
]);
const PLACEHOLDER = /\$/y;
const ESCAPE = /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|(\r\n|[^ux1-9])|.)/isuy;
const LINE_BREAK = /[\r\n\u2028\u2029]/;
const NAME = /[A-Za-z_$][\w$]*/y;
const WORDS = new Map<string, LiteralValue>([
  ["true", true],
  ["false", false],
  ["null", null],
  ["undefined", undefined],
]);
const ESCAPES = new Map([
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["0", "\0"],
]);
