import { Scanner } from "../scanner.js";
import { wellFormed } from "../source-text.js";
import { OPERATOR, UNCLOSED, VARIABLE } from "./reasons.js";
import type { Command, Word } from "./word.js";

/** The words of a command for PowerShell ("about_Parsing" and "about_Quoting_Rules"). */
export function powershellWords(text: string, start: number): Command {
  const scanner = new Scanner(text, start);
  const words: Word[] = [];
  for (;;) {
    while (scanner.match(/[ \t\r]+/y) ?? scanner.match(/`\r?\n/y));
    const { index, next } = scanner;
    if (next === "#") scanner.match(/[^\n]*/y);
    else if (/^[;|&\n]?$/.test(next)) return { words, end: index };
    else words.push({ text: wellFormed(asPassed(readWord(scanner))), index });
  }
}

function readWord(scanner: Scanner): string {
  const start = scanner.index;
  if (scanner.match(/[&<>(){}@,]/y)) throw scanner.fault(OPERATOR, start);
  // A word that begins with a quote ends with it.
  const whole = quoted(scanner);
  if (whole !== undefined) return whole;
  const pieces: string[] = [];
  for (;;) {
    const piece =
      scanner.match(/[^ \t\r\n'"‘’‚‛“”„`$;|&<>(){},]+/y)?.[0] ??
      quoted(scanner) ??
      (scanner.next === "`" || scanner.next === "$" ? special(scanner) : undefined);
    if (piece !== undefined) pieces.push(piece);
    else if (/^[ \t\r\n;|]?$/.test(scanner.next)) return pieces.join("");
    else throw scanner.fault(OPERATOR);
  }
}

/** Quoted text. A doubled quote is a literal quote. */
export function quoted(scanner: Scanner): string | undefined {
  const { index: start } = scanner;
  const isSingle = scanner.match(/['‘’‚‛]/y) !== undefined;
  if (!isSingle && !scanner.match(/["“”„]/y)) return undefined;
  const pieces: string[] = [];
  for (;;) {
    const piece = isSingle
      ? (scanner.match(/[^'‘’‚‛]+/y)?.[0] ?? scanner.match(/['‘’‚‛](['‘’‚‛])/y)?.[1])
      : (scanner.match(/[^"“”„`$]+/y)?.[0] ?? scanner.match(/["“”„](["“”„])/y)?.[1]);
    if (piece !== undefined) pieces.push(piece);
    else if (scanner.match(/['‘’‚‛"“”„]/y)) return pieces.join("");
    else if (scanner.isAtEnd) throw scanner.fault(UNCLOSED, start);
    else pieces.push(special(scanner));
  }
}

/** A backtick with its character, or a dollar sign. */
function special(scanner: Scanner): string {
  // The subexpression that Chrome writes for a character outside ASCII.
  const number = scanner.match(/\$\(\[char\](\d{1,5})\)/iy)?.[1];
  if (number !== undefined) return String.fromCharCode(Number(number));
  if (scanner.match(/\$(?![\w{(:?^$])/y)) return "$";
  if (scanner.next === "$") throw scanner.fault(VARIABLE);
  const { index } = scanner;
  const unicode = scanner.match(/`u\{([\da-f]{1,6})\}/iy)?.[1];
  if (unicode !== undefined) {
    const code = Number.parseInt(unicode, 16);
    if (code === 0 || code > 0x10ffff) throw scanner.fault(ESCAPE, index);
    return String.fromCodePoint(code);
  }
  const character = scanner.match(/`(\r\n|[^0])/uy)?.[1];
  if (character === undefined) throw scanner.fault(ESCAPE);
  return ESCAPES.get(character) ?? character;
}

/**
 * Windows PowerShell 5.1 removes quotes inside an argument unless each has a backslash before it.
 * PowerShell 7.3 passes an argument unchanged.
 */
function asPassed(word: string): string {
  return /(?:^|[^\\])"/.test(word) ? word : word.replaceAll('\\"', '"');
}

const ESCAPE = "the escape is malformed or means NUL: remove it";
const ESCAPES = new Map([
  ["a", "\x07"],
  ["b", "\b"],
  ["e", "\x1b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);
