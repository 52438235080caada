import { printableLine } from "@oauth1/printable";

/**
 * Text of a Markdown cell. Characters that would begin a link, an element, code or emphasis, or
 * end the cell or its line, are written as entities, which every parser of tables supports.
 */
export function escaped(text: string): string {
  return printableLine(text).replace(
    /[&<>[\]\\`*|~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}
