import { Scanner } from "../scanner.js";
import { OPERATOR, UNCLOSED } from "./reasons.js";
import type { Command, Word } from "./word.js";

/**
 * The words of a command for cmd.exe. Two programs process the line: cmd.exe removes its carets,
 * and then the C library of curl.exe splits the rest at spaces outside quotes.
 */
export function cmdWords(text: string, start: number): Command {
  const { line, indices, end } = withoutCarets(text, start);
  return { words: splitLine(line, indices), end };
}

/** Variables stay unchanged: cmd.exe keeps those that are not set. */
function withoutCarets(
  text: string,
  start: number,
): { line: string; indices: readonly number[]; end: number } {
  const scanner = new Scanner(text, start);
  const characters: string[] = [];
  const indices: number[] = [];
  let isQuoted = false;
  for (;;) {
    const { index } = scanner;
    // A line break after a caret is removed, and the character after it is escaped.
    const isEscaped = !isQuoted && scanner.match(/\^(?:\r?\n)?/y) !== undefined;
    const isSpecial = !isEscaped && !isQuoted;
    const isAfterBlank = /\s/.test(characters.at(-1) ?? "");
    if (isSpecial && isAfterBlank) scanner.match(HANDLE);
    const { next } = scanner;
    const isLineBreak = scanner.match(/\r?\n/y) !== undefined;
    if (next === "" || (isLineBreak && !isEscaped)) {
      return { line: characters.join(""), indices, end: index };
    }
    if (isSpecial && /[&|<>]/.test(next)) {
      const isApart = isAfterBlank || /^[\s&|<>]?$/.test(text.charAt(scanner.index + 1));
      if (!isApart) throw scanner.fault(OPERATOR);
      if (!scanner.match(REDIRECTION)) return { line: characters.join(""), indices, end: index };
      characters.push(" ");
      indices.push(index);
      continue;
    }
    // A backslash before it has no meaning for cmd.exe.
    if (!isEscaped && next === '"') isQuoted = !isQuoted;
    if (!isLineBreak) scanner.index++;
    characters.push(isLineBreak ? "\n" : next);
    indices.push(index);
  }
}

/** Microsoft's "Parsing C command-line arguments". */
function splitLine(line: string, indices: readonly number[]): Word[] {
  const scanner = new Scanner(line, 0);
  const words: Word[] = [];
  for (;;) {
    scanner.match(/[ \t]+/y);
    const { index } = scanner;
    if (scanner.isAtEnd) return words;
    const pieces: string[] = [];
    let quote: number | undefined;
    for (;;) {
      const { index: start } = scanner;
      scanner.match(/\\+/y);
      const count = scanner.index - start;
      if (scanner.match(/"/y)) {
        pieces.push("\\".repeat(count >> 1));
        if (count % 2 === 1) pieces.push('"');
        else if (quote === undefined) quote = scanner.index - 1;
        else if (scanner.match(/"/y)) pieces.push('"');
        else quote = undefined;
        continue;
      }
      pieces.push("\\".repeat(count));
      const plain = scanner.match(quote === undefined ? /[^\\" \t]+/y : /[^\\"]+/y)?.[0];
      if (plain === undefined) break;
      pieces.push(plain);
    }
    if (quote !== undefined) throw scanner.fault(UNCLOSED, indices[quote]);
    words.push({ text: pieces.join(""), index: indices[index] });
  }
}

/** The number of a file, as in `2>NUL`. */
const HANDLE = /\d(?=[<>])/y;
const REDIRECTION = /(?:<|>>?)(?:&\d|[ \t]*(?:"[^"\r\n]*"|[^\s"&|<>])+)/y;
