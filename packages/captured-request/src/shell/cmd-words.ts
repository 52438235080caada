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
    const { index, next } = scanner;
    let character = scanner.match(/\r?\n/y) ? "\n" : next;
    if (!isQuoted && character === "^") {
      scanner.index++;
      // A line break after a caret is removed, and the character after it is escaped.
      scanner.match(/\r?\n/y);
      character = scanner.match(/\r?\n/y) ? "\n" : scanner.next;
      if (character === "") return { line: characters.join(""), indices, end: scanner.index };
      if (character !== "\n") scanner.index++;
    } else if (character === "" || character === "\n") {
      return { line: characters.join(""), indices, end: index };
    } else if (!isQuoted && /[&|<>]/.test(character)) {
      const isApart =
        /^[\s&|<>]?$/.test(text.charAt(index + 1)) || /\s/.test(text.charAt(index - 1));
      if (!isApart) throw scanner.fault(OPERATOR);
      return { line: characters.join(""), indices, end: index };
    } else {
      // A backslash before it has no meaning for cmd.exe.
      if (character === '"') isQuoted = !isQuoted;
      scanner.index++;
    }
    characters.push(character);
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
    while (!scanner.isAtEnd) {
      const [backslashes, end] = scanner.match(/(\\*)("?)/y)?.slice(1) ?? [];
      const count = backslashes?.length ?? 0;
      if (end === '"') {
        pieces.push("\\".repeat(count >> 1));
        if (count % 2 === 1) pieces.push('"');
        else if (quote === undefined) quote = scanner.index - 1;
        else if (scanner.match(/"/y)) pieces.push('"');
        else quote = undefined;
        continue;
      }
      pieces.push("\\".repeat(count));
      const plain = scanner.match(quote === undefined ? /[^\\" \t]+/y : /[^\\"]+/y)?.[0];
      if (plain !== undefined) pieces.push(plain);
      else if (quote === undefined && /[ \t]/.test(scanner.next)) break;
    }
    if (quote !== undefined) throw scanner.fault(UNCLOSED, indices[quote]);
    words.push({ text: pieces.join(""), index: indices[index] });
  }
}
