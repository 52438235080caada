import { Scanner } from "../scanner.js";
import { escapedOctet, recombined } from "../source-text.js";
import { OPERATOR, UNCLOSED, VARIABLE } from "./reasons.js";
import type { Command, Word } from "./word.js";

/**
 * The words of a command for a POSIX shell (POSIX.1-2024, Shell Command Language §2.2), with bash's
 * `$'…'`. Text that a shell would replace is rejected, and also bash's brace expansion, which other
 * shells do not have.
 */
export function posixWords(text: string, start: number): Command {
  const scanner = new Scanner(text, start);
  const words: Word[] = [];
  for (;;) {
    skipBlanks(scanner);
    const { index, next } = scanner;
    if (scanner.match(REDIRECTION)) {
      skipBlanks(scanner);
      readWord(scanner);
    } else if (next === "#") {
      scanner.match(COMMENT);
    } else if (/^[;|&\n]?$/.test(next)) {
      return { words, end: index };
    } else {
      words.push({ text: readWord(scanner), index });
      // A parenthesis is not part of a word.
      if (scanner.index === index) throw scanner.fault(OPERATOR);
      requireOperatorApart(scanner);
    }
  }
}

function skipBlanks(scanner: Scanner): void {
  while (scanner.match(BLANKS) ?? scanner.match(CONTINUATION));
}

/** `?a=b&c=d` without quotes: the shell reads an operator, which the writer did not intend. */
function requireOperatorApart(scanner: Scanner): void {
  const { index } = scanner;
  const operator = scanner.match(OPERATOR_RUN);
  const isApart = /^[ \t\r\n<>]?$/.test(scanner.next);
  scanner.index = index;
  if (operator !== undefined && !isApart) throw scanner.fault(OPERATOR);
}

function readWord(scanner: Scanner): string {
  if (/[“”‘’]/.test(scanner.next)) throw scanner.fault(TYPOGRAPHIC);
  const pieces: string[] = [];
  let braces = 0;
  for (;;) {
    if (scanner.match(CONTINUATION)) continue;
    const literal = scanner.match(ESCAPED)?.[1] ?? scanner.match(SINGLE_QUOTED)?.[1];
    if (literal !== undefined) {
      pieces.push(literal);
      continue;
    }
    const { index, next } = scanner;
    const plain = scanner.match(PLAIN)?.[0];
    if (plain !== undefined) {
      for (const [mark] of plain.matchAll(/[{},]|\.\./g)) {
        if (mark === "{") braces++;
        else if (mark === "}") braces = Math.max(0, braces - 1);
        else if (braces > 0) throw scanner.fault(BRACES, index);
      }
      pieces.push(plain);
    } else if (next === "'") {
      throw scanner.fault(UNCLOSED);
    } else if (next === '"' || scanner.match(/\$(?=")/y)) {
      pieces.push(doubleQuoted(scanner));
    } else if (scanner.match(/\$'/y)) {
      pieces.push(ansiQuoted(scanner, index));
    } else if (next === "$" || next === "`") {
      pieces.push(dollar(scanner));
    } else {
      return recombined(pieces.join(""));
    }
  }
}

function doubleQuoted(scanner: Scanner): string {
  const start = scanner.index++;
  const pieces: string[] = [];
  while (!scanner.match(/"/y)) {
    if (scanner.isAtEnd) throw scanner.fault(UNCLOSED, start);
    if (scanner.match(CONTINUATION)) continue;
    pieces.push(
      scanner.match(/[^"\\$`]+/y)?.[0] ??
        scanner.match(/\\([$`"\\])/y)?.[1] ??
        scanner.match(/\\/y)?.[0] ??
        dollar(scanner),
    );
  }
  return pieces.join("");
}

/** A dollar sign that does not begin an expansion. */
function dollar(scanner: Scanner): string {
  if (!scanner.match(/\$(?![\w{(@*#?$!-])/y)) throw scanner.fault(VARIABLE);
  return "$";
}

/** The rest of `$'…'`, which has the escapes of C. */
function ansiQuoted(scanner: Scanner, start: number): string {
  const pieces: string[] = [];
  while (!scanner.match(/'/y)) {
    if (scanner.isAtEnd) throw scanner.fault(UNCLOSED, start);
    pieces.push(scanner.match(/[^'\\]+/y)?.[0] ?? ansiEscape(scanner));
  }
  return pieces.join("");
}

function ansiEscape(scanner: Scanner): string {
  const { index } = scanner;
  const found = scanner.match(ANSI_ESCAPE);
  // A backslash is the last character of the text.
  if (found === undefined) throw scanner.fault(UNCLOSED);
  const text = unescaped(found);
  if (text === undefined) {
    throw scanner.fault("the escape is not a character: write the character itself", index);
  }
  // The shell ends the quoted text here, so that curl does not send the rest.
  if (text === "\0")
    throw scanner.fault("an argument cannot contain NUL: remove the escape", index);
  return text;
}

function unescaped(found: RegExpExecArray): string | undefined {
  const [whole, octal, hex, braced, unicode, control] = found;
  if (octal !== undefined) return escapedOctet(Number.parseInt(octal, 8) & 0xff);
  if (hex !== undefined) return escapedOctet(Number.parseInt(hex, 16));
  // bash keeps the last octet of a long number, and reads none as zero.
  if (braced !== undefined) return escapedOctet(Number.parseInt(`0${braced.slice(-2)}`, 16));
  if (unicode !== undefined) return encoded(Number.parseInt(unicode.slice(1), 16));
  if (control !== undefined) return controlCharacter(control);
  return ANSI.get(whole.charAt(1)) ?? whole;
}

/** `\cA`. bash has the DEL character for `\c?`, and takes one octet of other text. */
function controlCharacter(character: string): string | undefined {
  if (character === "?") return "\x7f";
  if (character === "\\'") return "\x1c'";
  const code = character.charCodeAt(0);
  return code < 0x80 ? String.fromCharCode(code & 0x1f) : undefined;
}

/** bash encodes a surrogate as three octets, like any other number. */
function encoded(code: number): string | undefined {
  if (code > 0x10ffff) return undefined;
  if (code < 0xd800 || code > 0xdfff) return String.fromCodePoint(code);
  return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]
    .map(escapedOctet)
    .join("");
}

const TYPOGRAPHIC = "the shell does not know this typographic quote: replace it with ' or \"";
const BRACES = "bash would expand the braces to several arguments: quote the argument";
const BLANKS = /[ \t\r]+/y;
/** At the end of the text, the next line is missing. */
const CONTINUATION = /\\(?:\r?\n|$)/y;
const COMMENT = /[^\n]*/y;
/** The number of a file can be directly before it: `2>/dev/null`. */
const REDIRECTION = /(?:\d+|&)?[<>]+[&|]?/y;
const OPERATOR_RUN = /[;&]+/y;
const PLAIN = /[^ \t\r\n'"\\$`;|&<>()]+/y;
const SINGLE_QUOTED = /'([^']*)'/y;
const ESCAPED = /\\(.)/suy;
const ANSI_ESCAPE =
  /\\(?:([0-7]{1,3})|x([\da-fA-F]{1,2})|x\{([\da-fA-F]*)\}?|(u[\da-fA-F]{1,4}|U[\da-fA-F]{1,8})|c([^'\\]|\\['\\]?)|.)/suy;
const ANSI = new Map([
  ["a", "\x07"],
  ["b", "\b"],
  ["e", "\x1b"],
  ["E", "\x1b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["?", "?"],
]);
