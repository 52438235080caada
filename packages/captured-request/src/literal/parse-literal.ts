import { Fault } from "../reading.js";
import { wellFormed } from "../source-text.js";

/** A value of JSON or of a JavaScript literal, with its place in the text. */
export interface Literal {
  readonly value: LiteralValue;
  readonly index: number;
}

/** An object is a map: of several members with one name, JSON and JavaScript use the last. */
export type LiteralValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Literal[]
  | ReadonlyMap<string, Literal>;

/**
 * Reads the literal that begins at an index: JSON, and besides it what JavaScript allows (single
 * quotes, names without quotes, comments, a comma at the end), but nothing that is computed.
 *
 * @returns the literal, and where the text goes on after it and the space that follows it.
 */
export function parseLiteral(text: string, start: number): { literal: Literal; end: number } {
  let index = start;

  function fault(reason: string, at = index): Fault {
    return new Fault("ERR_LITERAL", reason, at);
  }
  function skipSpace(): void {
    index = skipSpaceFrom(text, index);
  }
  function take(character: string): boolean {
    if (text[index] !== character) return false;
    index++;
    skipSpace();
    return true;
  }
  function exec(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = index;
    const found = pattern.exec(text);
    index += found?.[0].length ?? 0;
    return found;
  }
  function match(pattern: RegExp): string | undefined {
    return exec(pattern)?.[0];
  }

  function value(depth: number): Literal {
    if (depth > MOST_LEVELS)
      throw fault(`lists and objects are nested more than ${MOST_LEVELS} deep`);
    skipSpace();
    const literal = { index, value: content(depth) };
    skipSpace();
    return literal;
  }
  function content(depth: number): LiteralValue {
    const character = text[index];
    if (character === "{") return members(depth);
    if (character === "[") return elements(depth);
    if (character === '"' || character === "'" || character === "`") return string(character);
    const number = match(NUMBER);
    if (number !== undefined) return Number(number);
    const at = index;
    const word = match(NAME);
    if (word !== undefined && WORDS.has(word)) return WORDS.get(word);
    throw fault(
      "only text, numbers, lists and objects can be read: write the value itself here",
      at,
    );
  }
  function members(depth: number): ReadonlyMap<string, Literal> {
    const found = new Map<string, Literal>();
    take("{");
    while (!take("}")) {
      const quote = text[index];
      const name = quote === '"' || quote === "'" ? string(quote) : match(NAME);
      if (name === undefined) throw fault("a name or a closing brace is missing here");
      skipSpace();
      if (!take(":")) throw fault("a colon is missing here");
      found.set(name, value(depth + 1));
      if (!take(",") && text[index] !== "}")
        throw fault("a comma or a closing brace is missing here");
    }
    return found;
  }
  function elements(depth: number): readonly Literal[] {
    const found: Literal[] = [];
    take("[");
    while (!take("]")) {
      found.push(value(depth + 1));
      if (!take(",") && text[index] !== "]") {
        throw fault("a comma or a closing bracket is missing here");
      }
    }
    return found;
  }
  function string(quote: string): string {
    const pieces: string[] = [];
    const from = index++;
    const plain = quote === '"' ? DOUBLE_QUOTED : quote === "'" ? SINGLE_QUOTED : TEMPLATE;
    while (text[index] !== quote) {
      const piece = match(plain) ?? (text[index] === "\\" ? escaped() : undefined);
      if (piece !== undefined) pieces.push(piece);
      else if (quote === "`" && text.startsWith("${", index)) {
        throw fault("a placeholder in a template cannot be read: write the text itself here");
      } else if (quote === "`" && text[index] === "$") pieces.push(text.charAt(index++));
      else throw fault("the quoted text that begins here does not end", from);
    }
    index++;
    const whole = wellFormed(pieces.join(""));
    return quote === "`" ? whole.replace(/\r\n?/g, "\n") : whole; // ECMA-262 §12.9.6
  }
  function escaped(): string {
    const at = index;
    const found = exec(NUMERIC_ESCAPE);
    if (found !== null) {
      const code = Number.parseInt(found[1] ?? found[2] ?? found[3] ?? "", 16);
      if (code <= 0x10ffff) return String.fromCodePoint(code);
      throw fault("the escape is not a character of Unicode", at);
    }
    index++;
    if (exec(LINE_BREAK) !== null) return "";
    const character = match(CHARACTER);
    if (character === undefined || /[ux1-9]/.test(character)) {
      throw fault("the escape is malformed", at);
    }
    return ESCAPES.get(character) ?? character;
  }

  const literal = value(0);
  return { literal, end: index };
}

/** Where the text goes on after spaces, line breaks and comments. */
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

/** Deeper than any request, and less deep than a call stack. */
const MOST_LEVELS = 100;
const SPACE = /\s+/y;
const NUMBER = /-?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/iy;
const DOUBLE_QUOTED = /[^"\\\n\r]+/y;
const SINGLE_QUOTED = /[^'\\\n\r]+/y;
const TEMPLATE = /[^`\\$]+/y;
const NUMERIC_ESCAPE = /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2}))/iy;
const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/y;
const CHARACTER = /./suy;
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
